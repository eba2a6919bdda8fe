package jp.sekisho.integrationtests.login;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A class of login tests: its constructor is given the {@link World}, which is started once for all of its setup. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LoginTest.OneWorld.class)
@interface LoginTest {

    World.Setup value() default World.Setup.FFAJ_2021;

    /** Starts the world when the first class asks; it ends with the test run. */
    final class OneWorld implements ParameterResolver {

        private static final Namespace NAMESPACE = Namespace.create(World.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == World.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            World.Setup setup = context.getRequiredTestClass()
                    .getAnnotation(LoginTest.class)
                    .value();
            World world =
                    context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(setup, OneWorld::start, World.class);
            try {
                world.calm();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return world;
        }

        private static World start(World.Setup setup) {
            try {
                return World.start(setup);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
