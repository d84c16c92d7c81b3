package reprise.extension.djl;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** An {@code NDArray} as a value: its shape, its type and its bytes. */
public final class NdArray {
  private static final String NDARRAY = "ndarray.NDArray";

  private final Object array;

  private NdArray(Object array) {
    this.array = array;
  }

  /** Null if the value is something else. */
  public static @Nullable NdArray of(Object value) {
    if (!value.getClass().getName().startsWith(Djl.PACKAGE)) {
      return null;
    }
    try {
      return Djl.type(value, NDARRAY).isInstance(value) ? new NdArray(value) : null;
    } catch (ReflectiveOperationException | LinkageError e) {
      return null;
    }
  }

  /** Its shape and type, as people write them. */
  public String words() {
    try {
      return isClosed()
          ? "closed"
          : Djl.ask(array, NDARRAY, "getShape") + " " + Djl.ask(array, NDARRAY, "getDataType");
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return "of a DJL that is not known";
    }
  }

  /** Whether its memory has been given back, so that there is nothing in it any more. */
  public boolean isClosed() {
    try {
      return Boolean.TRUE.equals(Djl.ask(array, NDARRAY, "isReleased"));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return false;
    }
  }

  /**
   * Of all that it holds, in bytes.
   *
   * @throws IllegalStateException if it cannot be asked
   */
  public long size() {
    try {
      Object type = Djl.answer(array, NDARRAY, "getDataType");
      long elements = (long) Djl.answer(array, NDARRAY, "size");
      return elements * (int) Djl.answer(type, "ndarray.types.DataType", "getNumOfBytes");
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalStateException("another DJL than those that are known", e);
    }
  }

  /**
   * All that it holds, the same in every JVM.
   *
   * @throws IllegalStateException if it cannot be read
   */
  public byte[] bytes() {
    try {
      ByteBuffer buffer = (ByteBuffer) Djl.answer(array, NDARRAY, "toByteBuffer");
      byte[] all = new byte[buffer.remaining()];
      buffer.get(all);
      return all;
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalStateException("another DJL than those that are known", e);
    }
  }
}
