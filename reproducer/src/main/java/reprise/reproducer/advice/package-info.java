/** Which way of organising a run as a job fits it: in order, as a graph, or by events. */
@NullMarked
package reprise.reproducer.advice;

import org.jspecify.annotations.NullMarked;
