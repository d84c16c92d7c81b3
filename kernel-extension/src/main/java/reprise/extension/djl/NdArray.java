package reprise.extension.djl;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** An {@code NDArray} as a value: its shape, its type and its bytes. */
public final class NdArray {
  private static final String NDARRAY = "ndarray.NDArray";

  /** Larger ones take too long to look at. */
  private static final long MOST_BYTES = 8 << 20;

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
   * Writes all that it holds, the same in every JVM.
   *
   * @throws IOException if it is too large, or cannot be read
   */
  public void write(DataOutputStream out) throws IOException {
    out.writeUTF(words());
    if (isClosed()) {
      return;
    }
    try {
      Object type = Djl.answer(array, NDARRAY, "getDataType");
      long elements = (long) Djl.answer(array, NDARRAY, "size");
      int bytes = (int) Djl.answer(type, "ndarray.types.DataType", "getNumOfBytes");
      if (elements * bytes > MOST_BYTES) {
        throw new IOException("too large to look at");
      }
      ByteBuffer buffer = (ByteBuffer) Djl.answer(array, NDARRAY, "toByteBuffer");
      byte[] all = new byte[buffer.remaining()];
      buffer.get(all);
      out.write(all);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      throw new IOException("cannot be read", e);
    }
  }
}
