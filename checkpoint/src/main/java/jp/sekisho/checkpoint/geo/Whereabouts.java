package jp.sekisho.checkpoint.geo;

import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.Network;
import jp.sekisho.policies.evidence.Place;

/** Where an address is, and whose network it belongs to. */
public record Whereabouts(Field<Place> place, Field<Network> network) {}
