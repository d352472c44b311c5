#include "text/hijri.hpp"

#include <chrono>

namespace kharita::text {

namespace {

using std::chrono::days;

constexpr int years_of_cycle = 30;
constexpr int days_of_cycle = 10631;

/// The day before 1 Muharram of year 1, in the proleptic Gregorian calendar.
Date eve_of_epoch() {
    return Date{std::chrono::year{622} / 7 / 18};
}

int days_before_year(int year) {
    return (year - 1) * 354 + (3 + 11 * year) / years_of_cycle;
}

/// Months have 30 and 29 days in turn.
int days_before_month(unsigned month) {
    return static_cast<int>(29 * (month - 1) + month / 2);
}

} // namespace

Date from_hijri(HijriDate const& date) {
    return eve_of_epoch() +
           days{days_before_year(date.year) + days_before_month(date.month) + static_cast<int>(date.day)};
}

unsigned days_in_hijri_month(int year, unsigned month) {
    constexpr unsigned last_month = 12;
    bool const is_leap = days_before_year(year + 1) - days_before_year(year) == 355;
    return month % 2 == 1 || (month == last_month && is_leap) ? 30 : 29;
}

HijriDate to_hijri(Date day) {
    int const since = static_cast<int>((day - eve_of_epoch()).count());
    int year = (since * years_of_cycle) / days_of_cycle + 1;
    while (since <= days_before_year(year)) {
        --year;
    }
    while (since > days_before_year(year + 1)) {
        ++year;
    }
    int const in_year = since - days_before_year(year);
    unsigned month = 12;
    while (in_year <= days_before_month(month)) {
        --month;
    }
    return {year, month, static_cast<unsigned>(in_year - days_before_month(month))};
}

} // namespace kharita::text
