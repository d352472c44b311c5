#include "event/ontology.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/output_file.hpp"
#include "base/tsv.hpp"
#include "support/temp_folder.hpp"

using namespace kharita;
using event::Ontology;

namespace {

std::filesystem::path const shipped = std::filesystem::path{KHARITA_SOURCE_DIR} / "schemas/ontology";

/// ACLED codebook (2023), tables 3 to 8, typed by hand: six event types with their 25 sub-event types.
struct Row {
    std::string_view event_type;
    std::string_view sub_event_type;
};

constexpr std::array<Row, 25> acled{{{"Battles", "Government regains territory"},
                                     {"Battles", "Non-state actor overtakes territory"},
                                     {"Battles", "Armed clash"},
                                     {"Explosions/Remote violence", "Chemical weapon"},
                                     {"Explosions/Remote violence", "Air/drone strike"},
                                     {"Explosions/Remote violence", "Suicide bomb"},
                                     {"Explosions/Remote violence", "Shelling/artillery/missile attack"},
                                     {"Explosions/Remote violence", "Remote explosive/landmine/IED"},
                                     {"Explosions/Remote violence", "Grenade"},
                                     {"Violence against civilians", "Sexual violence"},
                                     {"Violence against civilians", "Attack"},
                                     {"Violence against civilians", "Abduction/forced disappearance"},
                                     {"Protests", "Peaceful protest"},
                                     {"Protests", "Protest with intervention"},
                                     {"Protests", "Excessive force against protesters"},
                                     {"Riots", "Violent demonstration"},
                                     {"Riots", "Mob violence"},
                                     {"Strategic developments", "Agreement"},
                                     {"Strategic developments", "Arrests"},
                                     {"Strategic developments", "Change to group/activity"},
                                     {"Strategic developments", "Disrupted weapons use"},
                                     {"Strategic developments", "Headquarters or base established"},
                                     {"Strategic developments", "Looting/property destruction"},
                                     {"Strategic developments", "Non-violent transfer of territory"},
                                     {"Strategic developments", "Other"}}};

/// A copy of the shipped tables with one of them changed.
std::string failure_with(std::string const& file, std::string const& from, std::string const& to) {
    test::TempFolder const folder;
    for (auto const& each : std::filesystem::directory_iterator{shipped}) {
        std::string text = read_file(each.path());
        if (each.path().filename() == file) {
            auto const at = text.find(from);
            REQUIRE(at != std::string::npos);
            text.replace(at, from.size(), to);
        }
        write_file(folder.path() / each.path().filename(), text, Overwrite::refuse);
    }
    try {
        Ontology::load(folder.path());
        return "(none)";
    } catch (InputError const& error) {
        return error.what();
    }
}

} // namespace

TEST_CASE("Ontology: ACLED's six types and 25 sub-types, each once and no others") {
    Ontology const ontology = Ontology::load(shipped);
    for (Row const& row : acled) {
        CAPTURE(row.sub_event_type);
        CHECK(ontology.event_type_of(row.sub_event_type) == row.event_type);
    }
    Tsv const table{shipped / "acled.tsv", {"event_type", "sub_event_type", "disorder_type"}};
    CHECK(table.size() == acled.size());
}

TEST_CASE("Ontology: every sub-event type has a PLOVER name, an event and a mode that PLOVER knows") {
    Ontology const ontology = Ontology::load(shipped);
    for (Row const& row : acled) {
        CAPTURE(row.sub_event_type);
        Ontology::Plover const plover = ontology.plover_of(row.sub_event_type);
        bool const is_open = row.sub_event_type == "Other"; // whatever fits nowhere else
        CHECK(plover.event.empty() == is_open);
        CHECK((is_open || ontology.knows_plover(plover.event, plover.mode)));
    }
    // Violence by arms is an ASSAULT, demonstrations a PROTEST, by the PLOVER manual.
    for (Row const& row : acled) {
        std::string_view const event = ontology.plover_of(row.sub_event_type).event;
        CHECK((row.event_type != "Explosions/Remote violence" || event == "ASSAULT"));
        CHECK((row.event_type != "Riots" || event == "PROTEST"));
    }
    CHECK(ontology.plover_of("Picnic").event.empty());
}

TEST_CASE("Ontology: what the vocabulary codes agrees with the mapping") {
    Ontology const ontology = Ontology::load(shipped);
    std::filesystem::path const words =
        std::filesystem::path{KHARITA_SOURCE_DIR} / "gazetteer/vocabulary/event";
    Tsv const weapons{words / "weapon_categories.tsv", {"category", "sub_event_type", "plover", "mode"}};
    for (std::size_t row = 0; row < weapons.size(); ++row) {
        CAPTURE(weapons.where(row));
        CHECK(ontology.plover_of(weapons.cell(row, 1)).event == weapons.cell(row, 2));
    }
}

TEST_CASE("Ontology: a mapping that is missing, double or of unknown words is named with its line") {
    CHECK(failure_with("acled_plover.tsv", "Grenade\tASSAULT\texplosives\n", "")
              .find("0 rows for \"Grenade\"; expected one") != std::string::npos);
    CHECK(failure_with("acled_plover.tsv", "Grenade\t", "Picnic\t").find("\"Picnic\" is no sub-event type") !=
          std::string::npos);
    CHECK(failure_with("acled_plover.tsv", "\texplosives", "\tpicnic").find("acled_plover.tsv:") !=
          std::string::npos);
}

TEST_CASE("Ontology: UCDP's types of violence by who stands on the sides") {
    Ontology const ontology = Ontology::load(shipped);
    struct Sides {
        int side = 0;
        int against = 0;
        int type = 0;
    };
    // UCDP GED codebook: 1 a government is a side, 2 none is, 3 the target are civilians.
    for (Sides const& each : {Sides{1, 2, 1},
                              {2, 1, 1},
                              {1, 8, 1},
                              {8, 2, 1},
                              {2, 2, 2},
                              {3, 4, 2},
                              {1, 7, 3},
                              {7, 2, 3},
                              {8, 7, 3},
                              {5, 6, 0}}) {
        CAPTURE(each.side);
        CAPTURE(each.against);
        CHECK(ontology.type_of_violence(each.side, each.against) == each.type);
    }
}
