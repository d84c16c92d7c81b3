package reprise.extension.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is put into one method, and where. */
final class Splices {
  private final List<HookCall> beginning = new ArrayList<>();
  private final List<HookCall> ending = new ArrayList<>();
  private final Map<String, HookCall> before = new HashMap<>();
  private final Map<String, HookCall> behind = new HashMap<>();
  private @Nullable HookCall failing;

  /** Before the method's own first instruction. */
  Splices begin(HookCall call) {
    beginning.add(call);
    return this;
  }

  /** Before each return; what is about to be returned lies on the stack. */
  Splices end(HookCall call) {
    ending.add(call);
    return this;
  }

  /** Before each access of this field, given with its descriptor. */
  Splices before(String field, HookCall call) {
    before.put(field, call);
    return this;
  }

  /** Behind each access of this field or call of this method, given with its descriptor. */
  Splices behind(String member, HookCall call) {
    behind.put(member, call);
    return this;
  }

  /** Behind each instruction of this opcode, which has no operands. */
  Splices behind(int opcode, HookCall call) {
    return behind(Integer.toString(opcode), call);
  }

  /** When an exception leaves the method; it lies on the stack. Not for constructors. */
  Splices fail(HookCall call) {
    failing = call;
    return this;
  }

  List<HookCall> beginning() {
    return beginning;
  }

  List<HookCall> ending() {
    return ending;
  }

  @Nullable HookCall failing() {
    return failing;
  }

  @Nullable HookCall before(String name, String descriptor) {
    return before.isEmpty() ? null : before.get(name + descriptor);
  }

  @Nullable HookCall behind(String name, String descriptor) {
    return behind.isEmpty() ? null : behind.get(name + descriptor);
  }

  @Nullable HookCall behind(int opcode) {
    return behind.isEmpty() ? null : behind.get(Integer.toString(opcode));
  }
}
