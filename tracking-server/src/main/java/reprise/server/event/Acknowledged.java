package reprise.server.event;

/**
 * The answer to a batch of events.
 *
 * @param next the number that the session's next event must have
 */
record Acknowledged(long next) {}
