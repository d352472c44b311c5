#include "event/lexicon.hpp"
#include "event/ontology.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/temp_folder.hpp"

namespace {

namespace fs = std::filesystem;
using namespace kharita;        // NOLINT: a test
using namespace kharita::event; // NOLINT: a test

/// A copy of the shipped vocabulary with one piece of one file replaced; gone at its end.
class Changed {
public:
    Changed(std::string const& file, std::string const& from, std::string const& to) {
        fs::path const source{KHARITA_SOURCE_DIR};
        for (std::string const folder : {"gazetteer/vocabulary/event", "schemas/ontology"}) {
            fs::create_directories(m_folder.path() / folder);
            fs::copy(source / folder, m_folder.path() / folder);
        }
        fs::copy_file(source / "gazetteer/actors.tsv", m_folder.path() / "gazetteer/actors.tsv");
        std::ostringstream content;
        content << std::ifstream{m_folder.path() / file, std::ios::binary}.rdbuf();
        std::string text = content.str();
        auto const at = text.find(from);
        REQUIRE(at != std::string::npos);
        text.replace(at, from.size(), to);
        std::ofstream{m_folder.path() / file, std::ios::binary} << text;
    }
    std::string failure() const {
        try {
            Lexicon::load(m_folder.path());
            return "(none)";
        } catch (InputError const& error) {
            return error.what();
        }
    }

private:
    test::TempFolder m_folder;
};

} // namespace

TEST_CASE("Lexicon: every error names file and line") {
    std::string const folder = "gazetteer/vocabulary/event/";
    CHECK(Changed(folder + "classes.tsv", "Armed clash", "Armed crash")
              .failure()
              .find("\"Armed crash\" is no sub-event type") != std::string::npos);
    CHECK(Changed(folder + "classes.tsv", "heavy-weapons", "heavy").failure().find("with mode \"heavy\"") !=
          std::string::npos);
    std::string const wrong_class =
        Changed(folder + "triggers.tsv", "\tshelling\t", "\tshellfish\t").failure();
    CHECK(wrong_class.find("triggers.tsv:") != std::string::npos);
    CHECK(wrong_class.find("\"shellfish\" is no class") != std::string::npos);
    CHECK(Changed(folder + "triggers.tsv", "\tweapon\n", "\tspoon\n").failure().find("needs \"spoon\"") !=
          std::string::npos);
    CHECK(Changed(folder + "cues.tsv", "clause\tar", "cause\tar").failure().find("\"cause\" is none of") !=
          std::string::npos);
    CHECK(Changed(folder + "weapons.tsv", "\tair\t", "\tfire\t").failure().find("no category") !=
          std::string::npos);
    CHECK(
        Changed(folder + "triggers.tsv", "ar-qasf\tar", "ar-qasf\txx").failure().find("expected ar or en") !=
        std::string::npos);
    CHECK(Changed("gazetteer/actors.tsv", "=0.5", "=5").failure().find("no number between 0 and 1") !=
          std::string::npos);
    CHECK(
        Changed("gazetteer/actors.tsv", "2024-12-08", "2024-13-08").failure().find("no day, month or year") !=
        std::string::npos);
    CHECK(Changed("gazetteer/actors.tsv", "rus-mil\t", "syr-mil\t").failure().find("stands twice") !=
          std::string::npos);
    CHECK(Changed(folder + "alliances.tsv", "hezbollah", "hizb").failure().find("no actor of actors.tsv") !=
          std::string::npos);
}

TEST_CASE("Ontology: ACLED's six types and 25 sub-types") {
    Ontology const ontology = Ontology::load(fs::path{KHARITA_SOURCE_DIR} / "schemas/ontology");
    CHECK(ontology.event_type_of("Air/drone strike") == "Explosions/Remote violence");
    CHECK(ontology.event_type_of("Armed clash") == "Battles");
    CHECK(ontology.event_type_of("Other") == "Strategic developments");
    CHECK(ontology.event_type_of("Air strike").empty());
    CHECK(ontology.knows_plover("ASSAULT", "aerial"));
    CHECK(ontology.knows_plover("CONSULT", ""));
    CHECK_FALSE(ontology.knows_plover("CONSULT", "aerial"));
}

TEST_CASE("Ontology: UCDP's types of violence by who stands on the sides") {
    auto const ontology =
        event::Ontology::load(std::filesystem::path{KHARITA_SOURCE_DIR} / "schemas" / "ontology");
    CHECK(ontology.type_of_violence(1, 2) == 1); // government and rebels
    CHECK(ontology.type_of_violence(2, 1) == 1);
    CHECK(ontology.type_of_violence(8, 2) == 1);
    CHECK(ontology.type_of_violence(2, 3) == 2);
    CHECK(ontology.type_of_violence(1, 7) == 3);
    CHECK(ontology.type_of_violence(7, 2) == 3);
    CHECK(ontology.type_of_violence(5, 6) == 0);
}
