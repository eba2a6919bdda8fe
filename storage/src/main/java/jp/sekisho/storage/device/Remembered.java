package jp.sekisho.storage.device;

import java.util.Optional;
import jp.sekisho.policies.evidence.Place;

/**
 * A device that a customer is remembered on, as he sees it.
 *
 * @param name what he calls it; his own text
 * @param firstSeenIn empty where it was not known, or not kept yet
 * @param lastSeenIn to the day
 */
public record Remembered(Trust trust, Optional<String> name, Optional<Place> firstSeenIn, Optional<Place> lastSeenIn) {}
