/**
 * What all endpoints share: who may come in, how errors are answered, what the API says of itself.
 */
@NullMarked
package reprise.server.http;

import org.jspecify.annotations.NullMarked;
