#include "base/log.hpp"

#include <memory>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/secrets.hpp"

namespace kharita {

namespace {

spdlog::logger& logger() {
    // Function-local, so that tests that never log never open it.
    static auto const instance = [] {
        auto made =
            std::make_shared<spdlog::logger>("kharita", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_pattern("kharita: %v");
        return made;
    }();
    return *instance;
}

} // namespace

void set_verbosity(Verbosity verbosity) {
    switch (verbosity) {
    case Verbosity::quiet:
        logger().set_level(spdlog::level::warn);
        return;
    case Verbosity::normal:
        logger().set_level(spdlog::level::info);
        return;
    case Verbosity::verbose:
        logger().set_level(spdlog::level::debug);
        return;
    }
}

void log_detail(std::string_view message) {
    logger().debug("{}", without_passwords(message));
}

void log_info(std::string_view message) {
    logger().info("{}", without_passwords(message));
}

void log_warning(std::string_view message) {
    logger().warn("{}", without_passwords(message));
}

void log_error(std::string_view message) {
    logger().error("{}", without_passwords(message));
}

} // namespace kharita
