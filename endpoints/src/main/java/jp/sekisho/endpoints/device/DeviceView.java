package jp.sekisho.endpoints.device;

import jp.sekisho.endpoints.place.PlaceView;
import jp.sekisho.storage.device.Remembered;
import jp.sekisho.storage.device.Trust;

/**
 * A device as its owner sees it. What is not known is left out.
 *
 * @param name what he calls it
 * @param browser the browser's family, as it describes itself
 * @param os the system's family
 * @param type {@code desktop}, {@code mobile}, {@code tablet}, {@code bot} or {@code other}
 * @param rememberedUntil ISO-8601, as the other times are
 * @param thisBrowser whether the request comes from it
 */
record DeviceView(
        String id,
        String name,
        String browser,
        String os,
        String type,
        String firstSeenAt,
        PlaceView firstSeenIn,
        String lastSeenAt,
        PlaceView lastSeenIn,
        String rememberedUntil,
        boolean thisBrowser) {

    static DeviceView of(Remembered device, boolean thisBrowser) {
        Trust trust = device.trust();
        return new DeviceView(
                trust.deviceId(),
                device.name().orElse(null),
                trust.userAgent().browser(),
                trust.userAgent().os(),
                trust.userAgent().deviceType(),
                trust.firstSeenAt().toString(),
                PlaceView.of(device.firstSeenIn()),
                trust.lastSeenAt().toString(),
                PlaceView.of(device.lastSeenIn()),
                trust.trustedUntil().toString(),
                thisBrowser);
    }
}
