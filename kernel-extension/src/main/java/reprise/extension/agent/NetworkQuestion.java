package reprise.extension.agent;

/** What {@link NetworkHook} asks, in the order of its numbers. */
enum NetworkQuestion {
  OPEN,
  BEGIN,
  WRITE,
  READ,
  FAIL,
  CLIENT,
  SEND,
  HANDLE,
  PUBLISH,
  AWAIT,
  SOCKET,
  BOUND,
  CONNECT,
  DATABASE;
}
