#include "publish/unite.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "model/document.hpp"
#include "store/changed_days.hpp"
#include "store/database.hpp"
#include "store/loader.hpp"
#include "store/same_events.hpp"
#include "store/statement.hpp"
#include "support/temp_folder.hpp"

using namespace kharita; // NOLINT: a test
using store::Database;

namespace {

std::filesystem::path const data{KHARITA_SOURCE_DIR};

Place town(std::size_t number) {
    Place place;
    place.id = fmt::format("town-{}", number);
    place.name = fmt::format("Town {}", number);
    place.feature = "PPL";
    place.country = "SYR";
    place.at = {36.0 + 0.05 * static_cast<double>(number), 35.5};
    place.uncertainty = Metres{700};
    return place;
}

/// How a report tells a happening: some of what is told of its town on that day.
struct Teller {
    std::mt19937 random;

    std::size_t below(std::size_t end) { return random() % end; }

    Event event(Document& document, std::size_t report, std::size_t ordinal, std::chrono::days since) {
        std::size_t const where = below(6);
        static constexpr std::array<char const*, 3> sentences{
            "قصفت المدفعية سوق البلدة.", "سقطت قذائف قرب المدرسة.", "قصفت المدفعية أطراف البلدة ليلا."};
        std::string const sentence = sentences.at(below(sentences.size()));
        std::size_t const start = document.report.text.size();
        document.report.text += sentence;
        Mention mention;
        mention.id = fmt::format("m{}", ordinal);
        mention.span = {start, start + sentence.find(' ')};
        mention.role = Role::event;
        mention.place = town(where);
        mention.at = mention.place->at;
        mention.uncertainty = mention.place->uncertainty;
        mention.geo_precision = 1;
        mention.where_prec = 1;
        mention.confidence = 1;
        mention.why = "exact name";
        document.mentions.push_back(mention);
        Event made;
        made.id = fmt::format("{:08x}{:024x}", report, ordinal);
        made.trigger = mention.span;
        made.mention = mention.id;
        made.date = *document.report.published - since;
        made.date_end = made.date;
        made.time_precision = 1;
        made.date_why = below(3) == 0 ? "not dated; the day before" : "in its clause";
        made.event_type = "Explosions/Remote violence";
        made.sub_event_type = "Shelling/artillery/missile attack";
        made.plover = "ASSAULT";
        made.confidence = 0.9;
        made.why = "a test";
        if (below(2) == 0) {
            Toll toll;
            auto const dead = static_cast<std::int64_t>(below(4));
            toll.count = {.low = dead, .best = dead, .high = dead};
            made.killed = toll;
        }
        return made;
    }

    /// A report of up to three happenings of the days before. `version` of one number share their doc_id.
    Document report(std::size_t number, Date published) {
        Document document;
        document.report.id = fmt::format("r{}", number);
        document.report.doc_id = fmt::format("{:032x}", number);
        document.report.source = "sample";
        document.report.published = published;
        document.report.lang = "ar";
        document.gazetteer_hash = std::string(64, 'a');
        std::size_t const events = 1 + below(3);
        for (std::size_t i = 0; i < events; ++i) {
            // Two in ten are of long ago.
            auto const since = std::chrono::days{below(10) < 8 ? below(3) : 40 + below(300)};
            document.events.push_back(event(document, number, i, since));
        }
        return document;
    }
};

/// What uniting leaves, by event ids: who stands for whom and why, whose reports they are, tolls and
/// versions.
std::string united(Database& database) {
    std::string text;
    for (char const* const sql :
         {"SELECT e.event_id, f.event_id, e.same_likeness, e.same_why FROM event AS e JOIN event AS f ON "
          "f.id = "
          "e.same_as ORDER BY 1",
          "SELECT e.event_id, d.doc_id, r.merged_id, r.trigger FROM event_report AS r JOIN event AS e ON "
          "e.id = "
          "r.event JOIN document AS d ON d.id = r.document ORDER BY 1, 2, 3, 4",
          "SELECT event_id, killed_low, killed, killed_high, injured FROM event ORDER BY 1",
          "SELECT e.event_id, v.version, d.doc_id, v.killed, v.injured, v.reason FROM event_version AS v "
          "JOIN "
          "event AS e ON e.id = v.event JOIN document AS d ON d.id = v.document ORDER BY 1, 2"}) {
        store::Statement rows = database.prepare(sql);
        while (rows.step()) {
            for (int column = 0; column < rows.column_count(); ++column) {
                text += rows.is_null(column) ? "-" : rows.text(column);
                text += '|';
            }
            text += '\n';
        }
        text += "--\n";
    }
    return text;
}

void load(Database& database, std::vector<Document> const& documents) {
    store::Loader loader{database};
    for (Document const& document : documents) {
        loader.add(document);
    }
    loader.commit();
}

/// Reports of two years, dense here and there, so that clusters touch each other.
std::vector<Document> reports(Teller& teller, std::size_t count) {
    std::vector<Document> all;
    Date const begin = *parse_date("2018-01-01");
    for (std::size_t i = 0; i < count; ++i) {
        auto const month = static_cast<int>(teller.below(24));
        auto const day = static_cast<int>(teller.below(6));
        all.push_back(teller.report(i + 1, begin + std::chrono::days{month * 30 + day}));
    }
    return all;
}

/// A database of reports that nobody united yet, and who tells more.
struct Loaded {
    test::TempFolder folder;
    Teller teller;
    Database database = Database::create(folder.path() / "events.db", Overwrite::refuse);

    Loaded(unsigned seed, std::size_t count) : teller{std::mt19937{seed}} {
        load(database, reports(teller, count));
    }
};

} // namespace

TEST_CASE("unite_events: batches in any order, with reports that change, give what all at once gives") {
    for (unsigned seed = 1; seed <= 6; ++seed) {
        CAPTURE(seed);
        test::TempFolder const folder;
        Teller teller{std::mt19937{seed}};
        std::vector<Document> const last = reports(teller, 120);
        // Some reports come with other findings first.
        std::vector<Document> arrivals = last;
        for (std::size_t i = 0; i < last.size(); i += 7) {
            Document const before = teller.report(i + 1, *last[i].report.published);
            arrivals.insert(arrivals.begin(), before);
        }
        std::ranges::shuffle(arrivals.begin() + 18, arrivals.end(), teller.random);
        Database bit_by_bit = Database::create(folder.path() / "bits.db", Overwrite::refuse);
        std::size_t partial = 0;
        for (std::size_t at = 0; at < arrivals.size();) {
            std::size_t const size = std::min(arrivals.size() - at, 1 + teller.below(30));
            load(bit_by_bit, {arrivals.begin() + static_cast<std::ptrdiff_t>(at),
                              arrivals.begin() + static_cast<std::ptrdiff_t>(at + size)});
            partial += publish::unite_events(bit_by_bit, data, {}).is_whole ? 0U : 1U;
            at += size;
        }
        CHECK(partial > 0);
        Database at_once = Database::create(folder.path() / "once.db", Overwrite::refuse);
        load(at_once, last);
        CHECK(publish::unite_events(at_once, data, {}).is_whole);
        std::string const expected = united(at_once);
        CHECK(expected.find("same place") != std::string::npos);
        CHECK(expected.find("before it") != std::string::npos); // a toll that rose
        CHECK(united(bit_by_bit) == expected);
    }
}

TEST_CASE("unite_events: looks at what is near in time to what is new, and no farther") {
    Loaded loaded{1, 100};
    Database& database = loaded.database;
    auto const first = publish::unite_events(database, data, {});
    CHECK(first.is_whole);
    CHECK(store::changed_days(database).empty());
    // Nothing is new: nothing is looked at.
    auto const again = publish::unite_events(database, data, {});
    CHECK_FALSE(again.is_whole);
    CHECK(again.tellings == 0);
    // One report is new: less than all is looked at, and it is united.
    load(database, {loaded.teller.report(1000, *parse_date("2019-12-20"))});
    auto const more = publish::unite_events(database, data, {});
    CHECK_FALSE(more.is_whole);
    CHECK(more.tellings > 0);
    CHECK(more.tellings < first.tellings / 2);
    auto const all = publish::united_counts(database);
    std::string const text = united(database);
    // Told to, everything is looked at, with the same result.
    auto const whole = publish::unite_events(database, data, {}, publish::UniteScope::all);
    CHECK(whole.is_whole);
    CHECK(whole.tellings == all.tellings);
    CHECK(whole.happenings == all.happenings);
    CHECK(whole.united == all.united);
    CHECK(united(database) == text);
}

TEST_CASE("unite_events: an analyst's word, and undoing, let everything be looked at") {
    Loaded loaded{2, 40};
    Database& database = loaded.database;
    publish::unite_events(database, data, {});
    auto const merged = store::merged_events(database);
    REQUIRE_FALSE(merged.empty());
    Correction split;
    split.kind = Correction::Kind::split;
    split.target = merged.front().event;
    CHECK(publish::unite_events(database, data, std::vector{split}).is_whole);
    CHECK_FALSE(publish::unite_events(database, data, std::vector{split}).is_whole);
    CHECK(publish::unite_events(database, data, {}).is_whole);
    store::undo_same_events(database);
    CHECK(publish::unite_events(database, data, {}).is_whole);
    CHECK(store::merged_events(database).size() == merged.size());
}
