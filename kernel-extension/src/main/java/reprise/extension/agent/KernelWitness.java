package reprise.extension.agent;

import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import org.jspecify.annotations.Nullable;

/** Told what goes on in a kernel that is not ours, on the threads on which it does. */
public interface KernelWitness {
  /** A whole message is about to leave the kernel, in the parts that ZeroMQ knows. */
  void sends(List<byte[]> parts);

  /** A whole message has come. */
  void received(List<byte[]> parts);

  /** Returns the classes that shall come into the JVM instead. */
  ClassBytecodes[] loads(ClassBytecodes[] snippets);

  /** Returns the source that shall be evaluated instead, which means the same. */
  String evaluates(JShell shell, String source);

  void evaluated(JShell shell, List<SnippetEvent> events);

  /** Something was put on the class path of snippets. */
  void laid(String path);

  /** The code of a snippet's class begins on this thread. */
  void begins(Class<?> snippet);

  /** It ended with this value, which is null if it has none. */
  void returns(@Nullable Object value);

  void fails(Throwable thrown);

  /** Something of the above could not be told. */
  void missed(Throwable why);
}
