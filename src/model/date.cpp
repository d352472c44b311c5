#include "model/date.hpp"

#include <fmt/core.h>

namespace kharita {

namespace {

std::optional<int> digits(std::string_view text) noexcept {
    int value = 0;
    for (char const c : text) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        value = value * 10 + (c - '0');
    }
    return value;
}

} // namespace

std::optional<Date> parse_date(std::string_view text) noexcept {
    constexpr std::size_t length = 10;
    if (text.size() < length || text[4] != '-' || text[7] != '-' ||
        (text.size() > length && text[length] != 'T')) {
        return std::nullopt;
    }
    auto const year = digits(text.substr(0, 4));
    auto const month = digits(text.substr(5, 2));
    auto const day = digits(text.substr(8, 2));
    if (!year || !month || !day) {
        return std::nullopt;
    }
    std::chrono::year_month_day const date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    return date.ok() ? std::optional{Date{date}} : std::nullopt;
}

std::string to_string(Date date) {
    std::chrono::year_month_day const day{date};
    constexpr int last_of_four_digits = 9999;
    if (int const year = static_cast<int>(day.year()); year >= 0 && year <= last_of_four_digits) {
        // What all dates of a large load pass: three times as fast as a format string.
        std::string text = "0000-00-00";
        auto const put = [&](std::size_t end, unsigned value) {
            for (; value > 0; value /= 10) {
                text[--end] = static_cast<char>('0' + value % 10);
            }
        };
        put(4, static_cast<unsigned>(year));
        put(7, static_cast<unsigned>(day.month()));
        put(10, static_cast<unsigned>(day.day()));
        return text;
    }
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

} // namespace kharita
