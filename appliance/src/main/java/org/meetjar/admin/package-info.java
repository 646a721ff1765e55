/**
 * Running the server: what the admin page, programs and monitoring ask. REST below {@code /api/v1/}
 * in JSON, {@code /metrics} as OpenMetrics, and the first run, which gives the server its owner.
 *
 * <p>A request arrives on a thread of the web server, is handled on a worker, since it asks the
 * store, and may wait there for what another thread owns. What is kept here (who is signed in, how
 * often somebody guessed, the load of the last minutes) is guarded by locks and shared by the
 * workers. Rooms, traffic and certificate are seen through the small interfaces of this package,
 * which the appliance fills in.
 */
package org.meetjar.admin;
