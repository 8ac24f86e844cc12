package acme;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application inside Spring Boot, whose jar holds the others as jars. */
@SpringBootApplication
public class BootScore implements ApplicationRunner {
    public static void main(String[] args) {
        SpringApplication.run(BootScore.class, args);
    }

    @Override
    public void run(ApplicationArguments arguments) throws Exception {
        Score.main(arguments.getSourceArgs());
    }
}
