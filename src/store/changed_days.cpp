#include "store/changed_days.hpp"

#include <fmt/format.h>

#include "postgis/connection.hpp"
#include "postgis/copy_rows.hpp"
#include "store/database.hpp"

namespace kharita::store {

void note_changed_days(Database& database, std::string_view documents) {
    database
        .prepare(fmt::format("INSERT INTO changed_day (day) SELECT DISTINCT date FROM event WHERE date IS "
                             "NOT NULL AND document IN ({})",
                             documents))
        .run();
}

void ChangedDays::add(Document const& document) {
    for (Event const& event : document.events) {
        if (event.date) {
            m_days.insert(*event.date);
        }
    }
}

void ChangedDays::put(Database& database) {
    if (database.is_on_server()) {
        postgis::CopyRows rows;
        for (Date const day : m_days) {
            rows.row(1).day(day.time_since_epoch().count());
        }
        if (!rows.empty()) {
            database.server().copy_into("changed_day (day)", rows);
        }
    } else {
        Statement& insert = database.cached("INSERT INTO changed_day (day) VALUES (?)");
        for (Date const day : m_days) {
            insert.run(to_string(day));
        }
    }
    m_days.clear();
}

std::set<Date> changed_days(Database& database) {
    std::set<Date> days;
    Statement rows = database.prepare("SELECT DISTINCT day FROM changed_day");
    while (rows.step()) {
        if (auto const day = parse_date(rows.text(0))) {
            days.insert(*day);
        }
    }
    return days;
}

void forget_changed_days(Database& database) {
    database.prepare("DELETE FROM changed_day").run();
}

} // namespace kharita::store
