package reprise.reproducer.execution;

import java.util.List;

/** A process with all that it has started, which ends as one. */
record Family(Process head) {
  /** Ends the process first, so that it starts no more, then those that it had started. */
  void end() {
    List<ProcessHandle> children = head.descendants().toList();
    head.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
