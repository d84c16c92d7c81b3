package reprise.extension.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Classes of the JDK on their way to be woven, once, as some descriptions say. */
final class Retransformation implements ClassFileTransformer {
  private final List<? extends Rewriting.Description> descriptions;
  private volatile @Nullable RuntimeException failure;

  private Retransformation(List<? extends Rewriting.Description> descriptions) {
    this.descriptions = descriptions;
  }

  /**
   * Weaves all classes of the descriptions that this JDK has.
   *
   * @throws LinkageError if what came of it is no code; then nothing is woven
   * @throws IllegalStateException if a class could not be read
   */
  static void of(
      List<? extends Rewriting.Description> descriptions, Instrumentation instrumentation)
      throws UnmodifiableClassException {
    Set<Class<?>> targets = new LinkedHashSet<>();
    for (Rewriting.Description description : descriptions) {
      for (String name : description.classes()) {
        try {
          ClassLoader platform = ClassLoader.getPlatformClassLoader();
          targets.add(Class.forName(name.replace('/', '.'), false, platform));
        } catch (ClassNotFoundException e) {
          // another JDK than those we know, or one without java.sql: there is nothing to be seen
        }
      }
    }
    Retransformation transformation = new Retransformation(descriptions);
    instrumentation.addTransformer(transformation, true);
    try {
      instrumentation.retransformClasses(targets.toArray(Class<?>[]::new));
    } finally {
      // a transformer that stays makes the JVM print assertion failures on StackOverflowError
      instrumentation.removeTransformer(transformation);
    }
    RuntimeException failed = transformation.failure;
    if (failed != null) {
      throw new IllegalStateException("the JDK could not be woven", failed);
    }
  }

  @Override
  public byte @Nullable [] transform(
      Module module,
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    boolean isTheJdks = loader == null || loader == ClassLoader.getPlatformClassLoader();
    if (!isTheJdks || name == null) {
      return null;
    }
    byte[] woven = null;
    for (Rewriting.Description description : descriptions) {
      if (description.classes().contains(name)) {
        try {
          byte[] more = Rewriting.of(name, woven == null ? bytes : woven, description);
          woven = more == null ? woven : more;
        } catch (RuntimeException e) {
          failure = e; // the JVM swallows it
        }
      }
    }
    return woven;
  }
}
