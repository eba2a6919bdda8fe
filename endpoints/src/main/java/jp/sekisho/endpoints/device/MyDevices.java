package jp.sekisho.endpoints.device;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.dossier.DeviceToken;
import jp.sekisho.checkpoint.session.CustomersDevices;
import jp.sekisho.endpoints.caller.Body;
import jp.sekisho.endpoints.caller.SignedIn;
import jp.sekisho.endpoints.caller.SignedIn.Customer;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.storage.device.Remembered;

/** The devices that a customer is remembered on. Another customer's are not found. */
// FFAJ-1.2-B2
public final class MyDevices {

    private final SignedIn signedIn;

    public MyDevices(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    /** {@code {"devices": [DeviceView, …]}}, the one seen last first. */
    public Response devices() {
        return signedIn.forCustomer(this::view);
    }

    /**
     * @param body {@link DeviceName}
     * @return the same as {@link #devices()}
     */
    public Response name(String id, String body) {
        return signedIn.forSettings(customer -> {
            DeviceName name = Body.read(body, DeviceName.class);
            return of(customer).rename(id, name.name()) ? view(customer) : notRemembered();
        });
    }

    /** @return 204; 404 for a device that he is not remembered on */
    public Response forget(String id) {
        return signedIn.forChange(customer -> of(customer).forget(id, customer.userSession())
                ? Response.noContent().build()
                : notRemembered());
    }

    public Response forgetAll() {
        return signedIn.forChange(customer -> {
            CustomersDevices devices = of(customer);
            devices.remembered().forEach(device -> devices.forget(device.trust().deviceId(), customer.userSession()));
            return Response.noContent().build();
        });
    }

    private static Response notRemembered() {
        return Problem.notFound("You are not remembered on such a device.");
    }

    private Response view(Customer customer) {
        Optional<String> here = CustomerFile.of(signedIn.session(), customer.realm(), customer.pseudonym())
                .token()
                .map(DeviceToken::family);
        List<Remembered> devices = of(customer).remembered();
        return Response.ok(
                        new View(devices.stream()
                                .map(device -> DeviceView.of(
                                        device,
                                        here.equals(Optional.of(device.trust().deviceId()))))
                                .toList()),
                        MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private CustomersDevices of(Customer customer) {
        return new CustomersDevices(
                signedIn.session(),
                customer.realm(),
                customer.policy(),
                customer.user(),
                customer.pseudonym(),
                customer.now());
    }

    record View(List<DeviceView> devices) {}
}
