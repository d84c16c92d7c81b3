package io.github.spencerpark.jupyter.kernel.magic.registry;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.jspecify.annotations.Nullable;

/** Takes the annotated methods of a class or object as magics. */
public final class Magics {
  private final MagicsRegistry registry;

  public Magics(MagicsRegistry registry) {
    this.registry = registry;
  }

  /** Takes the static methods of a class. */
  public void registerMagics(Class<?> type) {
    register(type, null);
  }

  /** Takes all methods of an object. */
  public void registerMagics(Object owner) {
    register(owner.getClass(), owner);
  }

  private void register(Class<?> type, @Nullable Object owner) {
    for (Method method : type.getDeclaredMethods()) {
      if (owner != null || Modifier.isStatic(method.getModifiers())) {
        register(method, owner);
      }
    }
  }

  private void register(Method method, @Nullable Object owner) {
    LineMagic line = method.getAnnotation(LineMagic.class);
    if (line != null) {
      org.dflib.jjava.jupyter.kernel.magic.LineMagic<@Nullable Object, BaseKernel> magic =
          (kernel, words) -> call(method, owner, words);
      registry.registerLineMagic(name(line.value(), method), magic);
    }
    CellMagic cell = method.getAnnotation(CellMagic.class);
    if (cell != null) {
      org.dflib.jjava.jupyter.kernel.magic.CellMagic<@Nullable Object, BaseKernel> magic =
          (kernel, words, body) -> call(method, owner, words, body);
      registry.registerCellMagic(name(cell.value(), method), magic);
    }
  }

  private static String name(String given, Method method) {
    return given.isEmpty() ? method.getName() : given;
  }

  private static @Nullable Object call(Method method, @Nullable Object owner, Object... arguments)
      throws Exception {
    method.setAccessible(true);
    try {
      return List.of(method.getParameterTypes()).isEmpty()
          ? method.invoke(owner)
          : method.invoke(owner, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
