package org.meetjar.rtp;

import java.util.function.Consumer;

/** Values by SSRC; looking one up makes no garbage. */
public final class SsrcTable<T> {
  private int[] keys = new int[8];
  private Object[] values = new Object[8];
  private int size;

  /** The value, or null. */
  @SuppressWarnings("unchecked")
  public T get(int ssrc) {
    int i = slot(ssrc);
    return (T) values[i];
  }

  public void put(int ssrc, T value) {
    if (values[slot(ssrc)] == null && 2 * ++size > keys.length) {
      rebuild(keys.length * 2, 0, false);
    }
    int i = slot(ssrc);
    keys[i] = ssrc;
    values[i] = value;
  }

  public void remove(int ssrc) {
    if (values[slot(ssrc)] != null) {
      size--;
      rebuild(keys.length, ssrc, true);
    }
  }

  public int size() {
    return size;
  }

  @SuppressWarnings("unchecked")
  public void forEach(Consumer<T> action) {
    for (Object value : values) {
      if (value != null) {
        action.accept((T) value);
      }
    }
  }

  private int slot(int ssrc) {
    int i = ((ssrc * 0x9e3779b1) >>> 16) & (keys.length - 1);
    while (values[i] != null && keys[i] != ssrc) {
      i = (i + 1) & (keys.length - 1);
    }
    return i;
  }

  private void rebuild(int length, int without, boolean leaveOut) {
    int[] oldKeys = keys;
    Object[] oldValues = values;
    keys = new int[length];
    values = new Object[length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != null && !(leaveOut && oldKeys[i] == without)) {
        int to = slot(oldKeys[i]);
        keys[to] = oldKeys[i];
        values[to] = oldValues[i];
      }
    }
  }
}
