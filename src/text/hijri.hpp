#pragma once

#include "model/date.hpp"

namespace kharita::text {

/// A day of the Islamic calendar.
struct HijriDate {
    int year = 0;
    unsigned month = 0; ///< 1 Muharram .. 12 Dhu al-Hijja
    unsigned day = 0;   ///< 1 .. 30
    friend bool operator==(HijriDate const&, HijriDate const&) = default;
};

/// The day of a date in the tabular (civil) Islamic calendar: 30-year cycle with leap years 2, 5, 7, 10, 13,
/// 16, 18, 21, 24, 26 and 29, epoch 16 July 622 (Julian). The calendar that is in use (Umm al-Qura, or the
/// moon as it is sighted) may differ by a day either way.
///
/// Source: E. M. Reingold, N. Dershowitz, "Calendrical Calculations", chapter "The Islamic Calendar".
Date from_hijri(HijriDate const& date);

/// The inverse of from_hijri().
HijriDate to_hijri(Date day);

/// Days of a month in that calendar, 29 or 30.
unsigned days_in_hijri_month(int year, unsigned month);

} // namespace kharita::text
