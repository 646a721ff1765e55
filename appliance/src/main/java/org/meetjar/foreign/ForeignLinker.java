package org.meetjar.foreign;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What we need of {@code java.lang.foreign}, found by reflection: this compiles on Java 17, which
 * does not have it. Pointers are plain {@code long}s, as they are on every machine that this is
 * used on.
 */
public final class ForeignLinker {
  private static final String PACKAGE = "java.lang.foreign.";

  private final Object linker;
  private final Object lookup;
  private final Object intLayout;
  private final Object longLayout;
  private final Method downcall;
  private final Method find;
  private final Method functionOf;
  private final Method ofBuffer;
  private final Method address;
  private final Object errorKept;
  private final Object shortCall;

  private ForeignLinker(Optional<String> library) {
    try {
      Class<?> linkerType = type("Linker");
      Class<?> segmentType = type("MemorySegment");
      Class<?> layoutType = type("MemoryLayout");
      Class<?> functionType = type("FunctionDescriptor");
      Class<?> optionType = type("Linker$Option");
      linker = linkerType.getMethod("nativeLinker").invoke(null);
      lookup = lookup(linkerType, library);
      find = type("SymbolLookup").getMethod("find", String.class);
      intLayout = type("ValueLayout").getField("JAVA_INT").get(null);
      longLayout = type("ValueLayout").getField("JAVA_LONG").get(null);
      functionOf = functionType.getMethod("of", layoutType, layoutType.arrayType());
      downcall =
          linkerType.getMethod("downcallHandle", segmentType, functionType, optionType.arrayType());
      ofBuffer = segmentType.getMethod("ofBuffer", Buffer.class);
      address = segmentType.getMethod("address");
      errorKept =
          option(
              optionType,
              optionType
                  .getMethod("captureCallState", String[].class)
                  .invoke(null, (Object) new String[] {"errno"}));
      shortCall =
          option(optionType, optionType.getMethod("critical", boolean.class).invoke(null, false));
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException("java.lang.foreign", e);
    }
  }

  /** To the C library, and what the virtual machine itself is linked to. */
  public static ForeignLinker toTheSystem() {
    return new ForeignLinker(Optional.empty());
  }

  /**
   * To a shared library, which stays loaded.
   *
   * @param name as the system's loader finds it
   * @throws UnsupportedOperationException when there is none of that name
   */
  public static ForeignLinker to(String name) {
    return new ForeignLinker(Optional.of(name));
  }

  private Object lookup(Class<?> linkerType, Optional<String> library)
      throws ReflectiveOperationException {
    if (library.isEmpty()) {
      return linkerType.getMethod("defaultLookup").invoke(linker);
    }
    Class<?> arenaType = type("Arena");
    return type("SymbolLookup")
        .getMethod("libraryLookup", String.class, arenaType)
        .invoke(null, library.get(), arenaType.getMethod("global").invoke(null));
  }

  private static Object option(Class<?> type, Object option) {
    Object options = Array.newInstance(type, 1);
    Array.set(options, 0, option);
    return options;
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(PACKAGE + name);
  }

  /**
   * A function that sets {@code errno}. The handle takes the segment for the error's number as an
   * {@link Object} first.
   *
   * @param result {@code i} for int, {@code l} for long or a pointer
   * @param parameters the same, a letter each
   */
  public MethodHandle link(String name, String result, String parameters) {
    return link(name, result, parameters, errorKept, List.of(Object.class));
  }

  /** A function that returns at once and calls nothing back; otherwise as {@link #link}. */
  public MethodHandle linkShort(String name, String result, String parameters) {
    return link(name, result, parameters, shortCall, List.of());
  }

  private MethodHandle link(
      String name, String result, String parameters, Object options, List<Class<?>> first) {
    try {
      Object symbol =
          ((Optional<?>) find.invoke(lookup, name))
              .orElseThrow(() -> new UnsupportedOperationException(name));
      Object layouts = Array.newInstance(type("MemoryLayout"), parameters.length());
      List<Class<?>> types = new ArrayList<>(first);
      for (int i = 0; i < parameters.length(); i++) {
        Array.set(layouts, i, layout(parameters.charAt(i)));
        types.add(javaType(parameters.charAt(i)));
      }
      Object function = functionOf.invoke(null, layout(result.charAt(0)), layouts);
      MethodHandle handle = (MethodHandle) downcall.invoke(linker, symbol, function, options);
      return handle.asType(MethodType.methodType(javaType(result.charAt(0)), types));
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException(name, e);
    }
  }

  private Object layout(char letter) {
    return letter == 'i' ? intLayout : longLayout;
  }

  private static Class<?> javaType(char letter) {
    return letter == 'i' ? int.class : long.class;
  }

  /** The memory of a direct buffer, as a segment; it lives as long as the segment does. */
  public Object segment(ByteBuffer direct) {
    try {
      return ofBuffer.invoke(null, direct);
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException("MemorySegment.ofBuffer", e);
    }
  }

  public long address(ByteBuffer direct) {
    try {
      return (long) address.invoke(segment(direct));
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException("MemorySegment.address", e);
    }
  }
}
