package jp.sekisho.endpoints.interim;

/**
 * What an approver approves.
 *
 * @param id of the proposal that he read
 */
// JP25-5
record Approval(String id) {

    Approval {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("id: the proposal's id is required.");
        }
    }
}
