package jp.sekisho.policies.evidence;

import java.time.Instant;
import jp.sekisho.policies.operation.Operation;

/**
 * What is known at the moment of an operation.
 *
 * @param operation what the customer wants to do
 * @param at the database's clock
 * @param address where from
 * @param place where that is
 * @param network whose network that is
 * @param userAgent with which software
 * @param device on which device
 * @param failures what failed before
 */
// FFAJ-3-S1
public record Evidence(
        Operation operation,
        Instant at,
        Field<ClientAddress> address,
        Field<Place> place,
        Field<Network> network,
        Field<UserAgent> userAgent,
        Field<DeviceSight> device,
        Failures failures) {

    /** The same circumstances of something else that the customer wants. */
    public Evidence of(Operation other, Failures before) {
        return new Evidence(other, at, address, place, network, userAgent, device, before);
    }
}
