package reprise.server.http;

/** The body of every answer that is not a success. {@code title} is fit to be shown to a person. */
public record Problem(int status, String title) {}
