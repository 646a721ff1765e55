/**
 * What one receiver's downlink carries, estimated by the sender from the receiver's feedback on
 * each packet. Pure: no sockets, no clock of its own; time comes in as nanoseconds of any monotonic
 * clock, and everything belongs to the thread that calls.
 *
 * <p>Sources: draft-ietf-rmcat-gcc-02 for the two controllers (delay and loss),
 * draft-holmer-rmcat-transport-wide-cc-extensions-01 for the feedback; terms as in RFC 8888.
 *
 * <p>{@link org.meetjar.congestion.SendSideEstimator} is told of every packet that leaves and of
 * every packet's fate. What arrived goes, in bursts ({@code ArrivalGroups}), through the filter of
 * delay gradients ({@code Trendline}), whose verdict moves the rate ({@code AimdRateControl}); what
 * was lost goes to {@code LossController}; the lesser of both is the estimate. While less is sent
 * than would be allowed nothing can be learned from what is sent, so more than that is learned by
 * probing ({@code ProbeController}): short clusters of packets at a higher rate, sent only when
 * somebody wishes for more than the estimate.
 */
package org.meetjar.congestion;
