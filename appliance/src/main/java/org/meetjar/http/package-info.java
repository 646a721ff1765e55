/**
 * The web server: the pages and scripts of the client, {@code config.js}, {@code /health}, and the
 * WebSockets behind {@link org.meetjar.channel.TextChannel}. Jetty's core without servlets;
 * HTTP/1.1 (RFC 9112), HTTP/2 over TLS (RFC 9113), WebSocket (RFC 6455).
 *
 * <p>A request passes {@link org.meetjar.http.SecurityHeaders}, then, in order, the redirect to
 * HTTPS, the WebSocket routes, {@code config.js}, {@code /health}, and what is left are pages.
 * Everything runs on the server's few threads; no thread belongs to a connection. A channel's queue
 * is the only state that other threads touch, and the only thing here that is guarded by a lock.
 */
package org.meetjar.http;
