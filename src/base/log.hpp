#pragma once

#include <string_view>
#include <utility>

#include <fmt/core.h>

namespace kharita {

/// How much a run says on standard error.
enum class Verbosity { quiet, normal, verbose };

/// Sets it for the process; called once, by main, before any thread starts.
void set_verbosity(Verbosity verbosity);

// Passwords of addresses are not repeated (without_passwords()).

/// What a run is doing, for people: shown when verbose.
void log_detail(std::string_view message);
/// What a run did: shown unless quiet.
void log_info(std::string_view message);
/// What may surprise: always shown.
void log_warning(std::string_view message);
/// Why a run failed: always shown.
void log_error(std::string_view message);

template <typename... Args>
    requires(sizeof...(Args) > 0)
void log_info(fmt::format_string<Args...> format, Args&&... args) {
    log_info(std::string_view{fmt::format(format, std::forward<Args>(args)...)});
}

template <typename... Args>
    requires(sizeof...(Args) > 0)
void log_warning(fmt::format_string<Args...> format, Args&&... args) {
    log_warning(std::string_view{fmt::format(format, std::forward<Args>(args)...)});
}

template <typename... Args>
    requires(sizeof...(Args) > 0)
void log_detail(fmt::format_string<Args...> format, Args&&... args) {
    log_detail(std::string_view{fmt::format(format, std::forward<Args>(args)...)});
}

} // namespace kharita
