package org.meetjar.srtp;

import java.lang.invoke.MethodHandle;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.meetjar.foreign.ForeignLinker;

/**
 * That of OpenSSL's libcrypto 3 (EVP_EncryptInit(3)), for Java 22 and newer: no garbage, and less
 * time than the JDK's. A packet is copied to memory of the thread's own and back, which is cheaper
 * than to pin an array.
 */
final class OpenSslGcm implements Gcm {
  private static final String LIBRARY = "libcrypto.so.3";
  private static final int GET_TAG = 0x10;
  private static final int SET_TAG = 0x11;
  private static final int OPENS = 0;
  private static final int SEALS = 1;

  /** Places in a thread's memory: the nonce, a length that is written there, the tag, the data. */
  private static final int LENGTH_AT = 16;

  private static final int TAG_AT = 32;
  private static final int DATA_AT = 64;
  private static final int MEMORY_BYTES = DATA_AT + 4096;

  /** Constants, so that the compiler sees through them; linked when this class is first used. */
  private static final class C {
    private static final ForeignLinker LINKER = ForeignLinker.to(LIBRARY);
    static final MethodHandle NEW = LINKER.linkShort("EVP_CIPHER_CTX_new", "l", "");
    static final MethodHandle FREE = LINKER.linkShort("EVP_CIPHER_CTX_free", "l", "l");
    static final MethodHandle AES = LINKER.linkShort("EVP_aes_128_gcm", "l", "");
    static final MethodHandle INIT = LINKER.linkShort("EVP_CipherInit_ex", "i", "llllli");
    static final MethodHandle UPDATE = LINKER.linkShort("EVP_CipherUpdate", "i", "lllli");
    static final MethodHandle FINAL = LINKER.linkShort("EVP_CipherFinal_ex", "i", "lll");
    static final MethodHandle CONTROL = LINKER.linkShort("EVP_CIPHER_CTX_ctrl", "i", "liil");
    static final Cleaner CLEANER = Cleaner.create();
  }

  /** What a thread works in. */
  private static final class Memory {
    final ByteBuffer bytes = ByteBuffer.allocateDirect(MEMORY_BYTES).order(ByteOrder.nativeOrder());
    final long address = C.LINKER.address(bytes);
  }

  /** A context with the key; freed when nobody has it any more. */
  private record Context(long address) implements Runnable {
    @Override
    public void run() {
      try {
        long nothing = (long) C.FREE.invokeExact(address);
      } catch (Throwable e) {
        throw failed(e);
      }
    }
  }

  private static final ThreadLocal<Memory> MEMORY = ThreadLocal.withInitial(Memory::new);

  private final long context;

  OpenSslGcm(byte[] key) {
    Memory memory = MEMORY.get();
    memory.bytes.put(DATA_AT, key);
    try {
      context = (long) C.NEW.invokeExact();
      C.CLEANER.register(this, new Context(context));
      long aes = (long) C.AES.invokeExact();
      check((int) C.INIT.invokeExact(context, aes, 0L, memory.address + DATA_AT, 0L, SEALS));
    } catch (Throwable e) {
      throw failed(e);
    } finally {
      memory.bytes.put(DATA_AT, new byte[key.length]);
    }
  }

  /** Whether this machine has what it takes; if so it has been tried. */
  static boolean isHere() {
    try {
      byte[] b = new byte[1 + TAG_BYTES];
      byte[] nonce = new byte[NONCE_BYTES];
      int sealed = new OpenSslGcm(new byte[16]).seal(nonce, b, 0, 0, NOTHING, 0, 1);
      return new JceGcm(new byte[16]).open(nonce, b, 0, 0, NOTHING, 0, sealed) == 1 && b[0] == 0;
    } catch (RuntimeException | LinkageError e) {
      return false;
    }
  }

  @Override
  public int seal(
      byte[] nonce, byte[] b, int aadAt, int aadLength, byte[] more, int at, int length) {
    Memory memory = MEMORY.get();
    try {
      int dataAt = begin(memory, SEALS, nonce, b, aadAt, aadLength, more, length);
      long data = memory.address + dataAt;
      memory.bytes.put(dataAt, b, at, length);
      update(memory, data, data, length);
      check((int) C.FINAL.invokeExact(context, data + length, memory.address + LENGTH_AT));
      check((int) C.CONTROL.invokeExact(context, GET_TAG, TAG_BYTES, data + length));
      memory.bytes.get(dataAt, b, at, length + TAG_BYTES);
      return length + TAG_BYTES;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  @Override
  public int open(
      byte[] nonce, byte[] b, int aadAt, int aadLength, byte[] more, int at, int length) {
    Memory memory = MEMORY.get();
    int plain = length - TAG_BYTES;
    try {
      int dataAt = begin(memory, OPENS, nonce, b, aadAt, aadLength, more, length);
      long data = memory.address + dataAt;
      memory.bytes.put(dataAt, b, at, plain).put(TAG_AT, b, at + plain, TAG_BYTES);
      update(memory, data, data, plain);
      check((int) C.CONTROL.invokeExact(context, SET_TAG, TAG_BYTES, memory.address + TAG_AT));
      int fits = (int) C.FINAL.invokeExact(context, data + plain, memory.address + LENGTH_AT);
      if (fits <= 0) {
        return SrtpReceiver.NOT_AUTHENTIC;
      }
      memory.bytes.get(dataAt, b, at, plain);
      return plain;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Sets direction and nonce, takes in what is authenticated alone; says where the data goes. */
  private int begin(
      Memory memory,
      int direction,
      byte[] nonce,
      byte[] b,
      int aadAt,
      int aadLength,
      byte[] more,
      int length)
      throws Throwable {
    int aad = aadLength + more.length;
    if (DATA_AT + aad + length + TAG_BYTES > MEMORY_BYTES) {
      throw new IllegalArgumentException("no packet has " + (aad + length) + " bytes");
    }
    memory.bytes.put(0, nonce).put(DATA_AT, b, aadAt, aadLength).put(DATA_AT + aadLength, more);
    check((int) C.INIT.invokeExact(context, 0L, 0L, 0L, memory.address, direction));
    update(memory, 0L, memory.address + DATA_AT, aad);
    return DATA_AT + aad;
  }

  private void update(Memory memory, long to, long from, int length) throws Throwable {
    if (length > 0) {
      check((int) C.UPDATE.invokeExact(context, to, memory.address + LENGTH_AT, from, length));
    }
  }

  private static void check(int result) {
    if (result <= 0) {
      throw new IllegalStateException("libcrypto refuses GCM");
    }
  }

  private static RuntimeException failed(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException known ? known : new IllegalStateException("GCM", e);
  }
}
