package reprise.extension.agent;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import reprise.extension.agent.HookCall.Local;

/** Lets the JDK's own values of chance pass through {@link ChanceHook}'s copy. */
final class ChanceWeaver implements Rewriting.Description {
  private static final String COLLECTIONS = "java/util/ImmutableCollections";
  private static final List<String> ITERATING =
      List.of("$Set12", "$Set12$1", "$SetN$SetNIterator", "$MapN$MapNIterator");

  /** By class, the method to be woven with its descriptor, empty for all; and what is put in. */
  private final Map<String, Map.Entry<String, Splices>> methods = new HashMap<>();

  private final Set<String> woven = new LinkedHashSet<>();

  ChanceWeaver() {
    HookCall seed = HookCall.of("seed(J)J");
    put("java/util/Random", "<init>()V", new Splices().behind(Opcodes.LXOR, seed));
    HookCall initial = HookCall.of("initial(J)J");
    put("jdk/internal/util/random/RandomSupport", "initialSeed()J", new Splices().end(initial));
    HookCall next = HookCall.of("next(J)J");
    put("java/util/concurrent/ThreadLocalRandom", "nextSeed()J", new Splices().end(next));
    HookCall hash = HookCall.of("hash(ILjava/lang/Enum;)I", Local.THIS);
    put("java/lang/Enum", "hashCode()I", new Splices().end(hash));
    ITERATING.forEach(this::putIterating);
  }

  private void putIterating(String name) {
    String which = name.startsWith("$Set12") ? "second(Z)Z" : "reverse(Z)Z";
    Splices reads = new Splices();
    reads.behind("SALT32LJ", HookCall.of("salt(J)J")).behind("REVERSEZ", HookCall.of(which));
    put(COLLECTIONS + name, "", reads);
  }

  private void put(String owner, String method, Splices splices) {
    methods.put(owner, Map.entry(method, splices));
  }

  @Override
  public Set<String> classes() {
    return methods.keySet();
  }

  @Override
  public String hook() {
    return ChanceHooks.COPY;
  }

  @Override
  public @Nullable Splices of(String owner, String name, String descriptor) {
    Map.Entry<String, Splices> wanted = methods.get(owner);
    if (wanted == null) {
      return null;
    }
    boolean isMeant = wanted.getKey().isEmpty() || wanted.getKey().equals(name + descriptor);
    return isMeant ? wanted.getValue() : null;
  }

  /** The classes in which nothing was as expected; they are as they were. */
  Set<String> strange() {
    Set<String> strange = new LinkedHashSet<>(classes());
    strange.removeAll(woven);
    return strange;
  }

  @Override
  public void found(String owner) {
    woven.add(owner);
  }
}
