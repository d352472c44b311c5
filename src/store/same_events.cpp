#include "store/same_events.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "store/database.hpp"
#include "store/unit_of_work.hpp"

namespace kharita::store {

namespace {

constexpr std::string_view united_by_key = "united_by";

constexpr std::string_view toll_columns =
    "killed_low, killed, killed_high, killed_civilians, killed_combatants, killed_children, killed_women, "
    "injured_low, injured, injured_high, injured_civilians, injured_combatants, injured_children, "
    "injured_women";

/// low, best, high, then those among them who were civilians, combatants, children, women.
using TollRow = std::array<std::optional<std::int64_t>, 7>;
constexpr std::size_t best = 1;

/// An event's row, its toll and the report that it is from.
struct EventRow {
    std::int64_t id = 0;
    std::int64_t document = 0;
    std::string published;
    TollRow killed;
    TollRow injured;
};

EventRow read_event(Database& database, std::string_view event) {
    Statement& row = database.cached(fmt::format(
        "SELECT e.id, e.document, coalesce(CAST(d.published AS TEXT), 'an unknown day'), {} FROM event AS e "
        "JOIN document AS d ON d.id = e.document WHERE e.event_id = ?",
        toll_columns));
    EventRow found;
    if (row.bind(event).step()) {
        found.id = row.integer(0);
        found.document = row.integer(1);
        found.published = row.text(2);
        int column = 3;
        for (TollRow* const toll : {&found.killed, &found.injured}) {
            for (auto& value : *toll) {
                value = row.integer_or_null(column++);
            }
        }
        row.reset();
    }
    return found;
}

bool is_higher(TollRow const& toll, TollRow const& than) {
    return toll[best] && (!than[best] || *toll[best] > *than[best]);
}

std::string in_words(TollRow const& killed, TollRow const& injured) {
    auto const number = [](std::optional<std::int64_t> const& value) {
        return value ? std::to_string(*value) : std::string{"no number of"};
    };
    return fmt::format("{} killed, {} injured", number(killed[best]), number(injured[best]));
}

void put_version(Database& database, EventRow const& event, std::int64_t version, std::int64_t document,
                 std::string_view reason) {
    TollRow const& k = event.killed;
    TollRow const& i = event.injured;
    database
        .cached(fmt::format("INSERT INTO event_version (event, version, document, reason, {}) VALUES (?, ?, "
                            "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            toll_columns))
        .run(event.id, version, document, reason, k[0], k[1], k[2], k[3], k[4], k[5], k[6], i[0], i[1], i[2],
             i[3], i[4], i[5], i[6]);
}

void put_toll(Database& database, EventRow const& event) {
    TollRow const& k = event.killed;
    TollRow const& i = event.injured;
    database
        .cached(fmt::format("UPDATE event SET ({}) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?",
                            toll_columns))
        .run(k[0], k[1], k[2], k[3], k[4], k[5], k[6], i[0], i[1], i[2], i[3], i[4], i[5], i[6], event.id);
}

/// A happening that several reports tell: the event that stands for it, as more reports come in.
class Happening {
public:
    Happening(Database& database, Telling const& first)
        : m_database{database},
          m_event{read_event(database, first.event)},
          m_first{m_event},
          m_toll_is_set{first.toll_is_set} {}

    void take(ToldHappening const& told) {
        Telling const& telling = *told.telling;
        std::string const& other = telling.event;
        EventRow const row = read_event(m_database, other);
        m_database.cached("UPDATE event SET same_as = ?, same_likeness = ?, same_why = ? WHERE id = ?")
            .run(m_event.id, told.likeness, told.why, row.id);
        m_database.cached("UPDATE event_report SET event = ?, merged_id = ? WHERE event = ?")
            .run(m_event.id, other, row.id);
        if (!m_toll_is_set) {
            take_toll(row, telling);
        }
    }

    void end() {
        if (m_version > 0) {
            put_toll(m_database, m_event);
        }
    }

private:
    /// Tolls rise as the dead are found; a lower one is an older report's, or of a part of the place. What an
    /// analyst set stands, higher or lower.
    void take_toll(EventRow const& row, Telling const& telling) {
        m_toll_is_set = telling.toll_is_set;
        bool const more_killed = m_toll_is_set || is_higher(row.killed, m_event.killed);
        bool const more_injured = m_toll_is_set || is_higher(row.injured, m_event.injured);
        if (!more_killed && !more_injured) {
            return;
        }
        if (m_version == 0) {
            put_version(m_database, m_first, ++m_version, m_first.document,
                        fmt::format("report of {}", m_first.published));
        }
        std::string const before = in_words(m_event.killed, m_event.injured);
        if (more_killed) {
            m_event.killed = row.killed;
        }
        if (more_injured) {
            m_event.injured = row.injured;
        }
        put_version(m_database, m_event, ++m_version, row.document,
                    fmt::format("report of {}; before it {}", row.published, before));
    }

    Database& m_database;
    EventRow m_event;
    EventRow m_first;
    std::int64_t m_version = 0;
    bool m_toll_is_set = false;
};

/// Undoes the happenings whose events are in `firsts`, a SELECT; all of them where it is empty.
void undo(Database& database, std::string_view firsts = {}) {
    auto const among = [&](std::string_view column) {
        return firsts.empty() ? std::string{} : fmt::format(" AND {} IN ({})", column, firsts);
    };
    auto const run = [&](std::string_view sql) { database.prepare(sql).run(); };
    run("UPDATE event_report SET event = (SELECT e.id FROM event AS e WHERE e.event_id = "
        "merged_id), merged_id = NULL WHERE merged_id IS NOT NULL" +
        among("event"));
    run(fmt::format("UPDATE event SET ({0}) = (SELECT {0} FROM event_version AS v WHERE v.event "
                    "= event.id AND v.version = 1) WHERE id IN (SELECT event FROM "
                    "event_version WHERE version = 1){1}",
                    toll_columns, among("id")));
    run("DELETE FROM event_version WHERE version > 0" + among("event"));
    run("UPDATE event SET same_as = NULL, same_likeness = NULL, same_why = '' WHERE same_as "
        "IS NOT NULL" +
        among("same_as"));
}

} // namespace

TellingRows::TellingRows(Database& database, std::optional<Days> const& days)
    : m_rows{std::make_unique<Statement>(database.stream(fmt::format(
          "SELECT e.event_id, e.document, d.published, e.date, coalesce(e.date_end, e.date), "
          "coalesce(p.place_id, ''), e.uncertainty_m, e.geo_precision, e.event_type, e.sub_event_type, "
          "coalesce(CASE WHEN v.id IS NULL THEN e.killed ELSE v.killed END, g.killed), "
          "coalesce(CASE WHEN v.id IS NULL THEN e.injured ELSE v.injured END, g.injured), e.count, e.id, "
          "e.geom, e.date_why LIKE 'not dated%', coalesce(p.name, '') FROM event AS e JOIN document AS d ON "
          "d.id = e.document LEFT JOIN place AS p ON p.id = e.place LEFT JOIN event_group AS g ON g.id = "
          "e.event_group LEFT JOIN event_version AS v ON v.event = e.id AND v.version = 1 WHERE e.modality = "
          "'occurred' AND e.geom IS NOT NULL AND e.date IS NOT NULL{} ORDER BY e.date, e.event_id",
          days ? fmt::format(" AND e.date BETWEEN '{}' AND '{}'", to_string(days->first),
                             to_string(days->last))
               : std::string{})))},
      m_actors{std::make_unique<Statement>(database.prepare(
          "SELECT x.side, a.actor_id FROM event_actor AS x JOIN actor AS a ON a.id = x.actor "
          "WHERE x.event = ?"))} {}

TellingRows::~TellingRows() = default;

std::optional<Telling> TellingRows::next() {
    Statement& rows = *m_rows;
    if (!rows.step()) {
        return std::nullopt;
    }
    Telling telling;
    telling.event = rows.text(0);
    telling.report = rows.integer(1);
    telling.published = parse_date(rows.text(2));
    telling.date = parse_date(rows.text(3)).value_or(Date{}); // the schema checks both
    telling.date_end = parse_date(rows.text(4)).value_or(telling.date);
    telling.place = rows.text(5);
    telling.uncertainty = Metres{rows.real(6)};
    telling.geo_precision = static_cast<int>(rows.integer(7));
    telling.event_type = rows.text(8);
    telling.sub_event_type = rows.text(9);
    telling.killed = rows.integer_or_null(10);
    telling.injured = rows.integer_or_null(11);
    telling.count = rows.integer_or_null(12);
    telling.row = rows.integer(13);
    telling.at = rows.point(14).value_or(telling.at);
    if (rows.integer(15) != 0) {
        telling.dating = Telling::Dating::of_report;
    }
    telling.place_name = rows.text(16);
    m_actors->bind(telling.row);
    while (m_actors->step()) {
        (m_actors->text(0) == "initiator" ? telling.initiators : telling.targets)
            .emplace_back(m_actors->text(1));
    }
    std::ranges::sort(telling.initiators);
    std::ranges::sort(telling.targets);
    return telling;
}

void read_words(Database& database, Telling& telling) {
    Statement& row =
        database.cached("SELECT r.trigger, r.quote FROM event_quote AS r WHERE r.event = ?1 AND "
                        "r.merged_id IS NULL UNION ALL SELECT r.trigger, r.quote FROM event_quote AS r "
                        "WHERE r.merged_id = ?2 LIMIT 1");
    if (row.bind(telling.row, telling.event).step()) {
        telling.trigger = row.text(0);
        telling.quote = row.text(1);
    }
    row.reset();
}

std::vector<Telling> tellings(Database& database) {
    std::vector<Telling> all;
    TellingRows rows{database};
    while (auto telling = rows.next()) {
        all.push_back(std::move(*telling));
    }
    for (Telling& telling : all) {
        read_words(database, telling);
    }
    std::ranges::sort(all, {}, &Telling::event);
    return all;
}

std::map<std::string, std::string, std::less<>> actor_parents(Database& database) {
    std::map<std::string, std::string, std::less<>> parents;
    Statement rows = database.prepare("SELECT actor_id, parent FROM actor WHERE parent <> ''");
    while (rows.step()) {
        parents.emplace(rows.text(0), rows.text(1));
    }
    return parents;
}

RecordedHappenings::RecordedHappenings(Database& database, Days const& days) {
    Statement rows = database.stream(fmt::format(
        "SELECT id, same_as, same_likeness, same_why FROM event WHERE same_as IS NOT NULL AND date "
        "BETWEEN '{}' AND '{}'",
        to_string(days.first), to_string(days.last)));
    while (rows.step()) {
        ++m_of_first[rows.integer(1)];
        m_members.try_emplace(
            rows.integer(0),
            Member{.first = rows.integer(1), .likeness = rows.real(2), .why = std::string{rows.text(3)}});
    }
}

bool RecordedHappenings::hold(std::span<ToldHappening const> happening) const {
    std::int64_t const first = happening.front().telling->row;
    auto const of_first = m_of_first.find(first);
    if (m_members.contains(first) ||
        (of_first == m_of_first.end() ? 0 : of_first->second) != happening.size() - 1) {
        return false;
    }
    return std::ranges::all_of(happening.subspan(1), [&](ToldHappening const& told) {
        auto const member = m_members.find(told.telling->row);
        return member != m_members.end() && member->second.first == first &&
               member->second.likeness == told.likeness && member->second.why == told.why;
    });
}

SameEventRecord::SameEventRecord(Database& database) : m_database{database}, m_whole{database} {
    database.touch();
}

void SameEventRecord::clear() {
    undo(m_database);
}

void SameEventRecord::clear(std::span<std::int64_t const> events) {
    constexpr std::size_t at_once = 500;
    for (std::size_t i = 0; i < events.size(); i += at_once) {
        auto const part = events.subspan(i, std::min(at_once, events.size() - i));
        // Rows of their firsts are asked first: what follows takes away what says so.
        std::string firsts;
        Statement rows = m_database.prepare(fmt::format(
            "SELECT DISTINCT coalesce(same_as, id) FROM event WHERE id IN ({})", fmt::join(part, ",")));
        while (rows.step()) {
            firsts += fmt::format("{}{}", firsts.empty() ? "" : ",", rows.integer(0));
        }
        undo(m_database, firsts);
    }
}

void SameEventRecord::put(std::span<ToldHappening const> happening) {
    if (happening.size() < 2) {
        return;
    }
    Happening record{m_database, *happening.front().telling};
    for (ToldHappening const& told : happening.subspan(1)) {
        record.take(told);
    }
    record.end();
}

void SameEventRecord::commit() {
    m_whole.commit();
}

void put_same_events(Database& database, std::span<Telling const> all, std::span<SameEvent const> same) {
    std::map<std::size_t, std::vector<ToldHappening>> happenings;
    for (SameEvent const& one : same) {
        auto& members = happenings[one.first];
        if (members.empty()) {
            members.push_back({.telling = &all[one.first], .likeness = 0, .why = {}});
        }
        members.push_back({.telling = &all[one.other], .likeness = one.likeness, .why = one.why});
    }
    SameEventRecord record{database};
    record.clear();
    for (auto const& [first, members] : happenings) {
        record.put(members);
    }
    record.commit();
}

std::string united_by(Database& database) {
    return database.metadata(united_by_key);
}

void set_united_by(Database& database, std::string_view text) {
    if (text.empty()) {
        database.prepare("DELETE FROM metadata WHERE key = ?").run(united_by_key);
    } else {
        database.set_metadata(united_by_key, text);
    }
}

void undo_same_events_of(Database& database, std::string_view documents) {
    UnitOfWork whole{database};
    database.touch();
    undo(database,
         fmt::format("SELECT coalesce(o.same_as, o.id) FROM event AS o WHERE o.document IN ({})", documents));
    whole.commit();
}

void undo_same_events(Database& database) {
    UnitOfWork whole{database};
    database.touch();
    undo(database);
    set_united_by(database, {});
    whole.commit();
}

std::vector<MergedEvent> merged_events(Database& database) {
    Statement rows = database.prepare("SELECT o.event_id, f.event_id, o.same_likeness, o.same_why "
                                      "FROM event AS o JOIN event AS f ON f.id = "
                                      "o.same_as ORDER BY o.event_id");
    std::vector<MergedEvent> all;
    while (rows.step()) {
        all.push_back({.event = std::string{rows.text(0)},
                       .same_as = std::string{rows.text(1)},
                       .likeness = rows.real(2),
                       .why = std::string{rows.text(3)}});
    }
    return all;
}

} // namespace kharita::store
