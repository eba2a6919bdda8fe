package jp.sekisho.endpoints.activity;

import java.util.List;
import jp.sekisho.checkpoint.activity.Activity;
import jp.sekisho.endpoints.place.PlaceView;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.policies.notice.Masking;

/**
 * One login or operation as the customer sees it. What is not known is left out.
 *
 * @param id what he names when it was not he
 * @param at ISO-8601
 * @param amount with its currency
 * @param address masked without a fresh step-up
 */
record ActivityView(
        String id,
        String at,
        String operation,
        String result,
        String amount,
        String instrument,
        String browser,
        String os,
        PlaceView place,
        String address,
        List<String> factors,
        boolean disowned) {

    // FFAJ-1.5-S1
    static ActivityView of(Activity activity, boolean fresh) {
        return new ActivityView(
                activity.id(),
                activity.at().toString(),
                activity.operation(),
                activity.result(),
                activity.amount().orElse(null),
                activity.instrument().orElse(null),
                activity.device().map(UserAgent::browser).orElse(null),
                activity.device().map(UserAgent::os).orElse(null),
                PlaceView.of(activity.place()),
                activity.address()
                        .map(address -> fresh ? address : Masking.address(address))
                        .orElse(null),
                activity.factors(),
                activity.disowned());
    }
}
