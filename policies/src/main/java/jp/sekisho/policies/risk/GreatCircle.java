package jp.sekisho.policies.risk;

import jp.sekisho.policies.evidence.Place.Position;

/** Distances on the sphere, in kilometres. */
final class GreatCircle {

    private static final double EARTH_RADIUS_KM = 6371.0088;

    /** To the other side of the earth. */
    static final double FARTHEST_KM = Math.PI * EARTH_RADIUS_KM;

    private GreatCircle() {}

    /** The least distance that two inexact positions leave possible (haversine less both radii). */
    static double leastKm(Position from, Position to) {
        double dLatitude = Math.toRadians(to.latitude() - from.latitude());
        double dLongitude = Math.toRadians(to.longitude() - from.longitude());
        double a = square(Math.sin(dLatitude / 2))
                + Math.cos(Math.toRadians(from.latitude()))
                        * Math.cos(Math.toRadians(to.latitude()))
                        * square(Math.sin(dLongitude / 2));
        double km = 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.max(0, Math.min(1, a))));
        return Math.max(0, km - from.accuracyRadiusKm() - to.accuracyRadiusKm());
    }

    private static double square(double x) {
        return x * x;
    }
}
