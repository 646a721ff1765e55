/**
 * SASL for the signalling hub: the server's side of SCRAM (RFC 5802, RFC 7677) and PLAIN (RFC
 * 4616). Pure: parsers and sums, no state but that of one exchange, no thread. What costs time says
 * so, and is run on workers by its caller.
 */
package org.meetjar.xmpp.sasl;
