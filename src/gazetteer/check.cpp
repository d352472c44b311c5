#include "gazetteer/check.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "base/tsv.hpp"
#include "gazetteer/additions.hpp"
#include "gazetteer/boundaries.hpp"
#include "gazetteer/check_rows.hpp"
#include "gazetteer/lines.hpp"
#include "gazetteer/name_key.hpp"
#include "geo/geodesic.hpp"
#include "geo/nearest.hpp"

namespace kharita::gazetteer {

namespace {

constexpr std::array<std::string_view, 16> rule_names{
    "malformed_row",  "duplicate_id",     "duplicate_reference", "bad_reference",
    "missing_parent", "wrong_parent",     "empty_name",          "repeated_name",
    "wrong_script",   "unknown_feature",  "out_of_range",        "swapped_coordinates",
    "outside_unit",   "same_place_twice", "idle_addition",       "off_its_line"};

constexpr std::size_t longest_chain = 16; ///< of admin units; Gazetteer::load allows no more

bool is_unit(FeatureClass what) noexcept {
    return what == FeatureClass::country || what == FeatureClass::admin1 || what == FeatureClass::admin2 ||
           what == FeatureClass::admin3;
}

/// Kinds of which two may share a name and a spot: a town, its airport, its hill.
enum class Kind : std::uint8_t { settlement, facility, natural, other };

Kind kind_of(FeatureClass what) noexcept {
    switch (what) {
    case FeatureClass::settlement:
    case FeatureClass::neighbourhood:
        return Kind::settlement;
    case FeatureClass::facility:
        return Kind::facility;
    case FeatureClass::natural:
        return Kind::natural;
    default:
        return Kind::other;
    }
}

std::string place_of(CheckedRow const& row) {
    return fmt::format("{}:{}", row.file, row.line);
}

/// All rules that need more than one row.
class Checker {
public:
    Checker(std::filesystem::path const& folder, std::vector<CheckedRow> const& rows,
            std::vector<Boundary> outlines, CheckReport& report)
        : m_rows{rows},
          m_problems{report.problems},
          m_doubts{report.doubts},
          m_imports{imports_folder(folder).string()},
          m_additions{Additions::load(folder)},
          m_boundaries{Boundaries::of_gazetteer(folder)} {
        m_boundaries.put(std::move(outlines));
        read_tolerances(folder / "boundaries" / "tolerances.tsv");
        m_lines = Lines::load(folder / "lines");
    }

    void run() {
        check_ids();
        check_additions();
        for (CheckedRow const& row : m_rows) {
            check_parents(row);
            if (row.has_position) {
                check_outlines(row);
                check_line(row);
            }
        }
        check_twins();
    }

    std::size_t outlines() const noexcept { return m_used.size(); }

private:
    void add(CheckedRow const& row, CheckRule rule, std::string message) {
        bool const odd = rule == CheckRule::outside_unit || rule == CheckRule::same_place_twice ||
                         rule == CheckRule::wrong_parent ||
                         (rule == CheckRule::missing_parent && row.parent.empty());
        add_problem(row.imported && odd ? m_doubts : m_problems, row, rule, std::move(message));
    }

    void read_tolerances(std::filesystem::path const& file) {
        if (!std::filesystem::exists(file)) {
            return;
        }
        Tsv const table{file, {"id", "km", "reason"}};
        for (std::size_t row = 0; row < table.size(); ++row) {
            m_tolerances.insert_or_assign(std::string{table.cell(row, 0)}, table.number(row, 1));
        }
    }

    CheckedRow const* find(std::string const& id) const {
        auto const at = m_by_id.find(id);
        return at != m_by_id.end() ? at->second : nullptr;
    }

    void check_ids() {
        for (CheckedRow const& row : m_rows) {
            if (auto const [at, is_new] = m_by_id.emplace(row.id, &row); !is_new) {
                add(row, CheckRule::duplicate_id,
                    fmt::format("{} is also at {}", row.id, place_of(*at->second)));
            }
        }
        for (CheckedRow const& row : m_rows) {
            for (std::string const& ref : row.refs) {
                if (auto const [at, is_new] = m_claimed.emplace(ref, &row); !is_new) {
                    add(row, CheckRule::duplicate_reference,
                        fmt::format("{}: ref {} is also claimed at {}", row.id, ref, place_of(*at->second)));
                }
            }
        }
        for (CourseLine const& line : m_lines.all()) {
            if (!m_by_id.contains(line.id)) {
                m_problems.push_back({"lines", 0, CheckRule::off_its_line, line.id,
                                      fmt::format("the line {} belongs to no record", line.id)});
            }
        }
    }

    void check_additions() {
        for (auto const& [id, addition] : m_additions.all()) {
            CheckedRow const* const row = find(*id);
            if (row == nullptr) {
                m_problems.push_back({m_imports, 0, CheckRule::idle_addition, *id,
                                      fmt::format("names and ids are added to {}, which is no record; import "
                                                  "anew what adds them",
                                                  *id)});
                continue;
            }
            for (std::string const& ref : addition->refs) {
                auto const [at, is_new] = m_claimed.emplace(ref, row);
                if (!is_new && at->second != row) {
                    m_problems.push_back(
                        {m_imports, 0, CheckRule::duplicate_reference, *id,
                         fmt::format("{}: ref {}, which is added to it, is also claimed at {}", *id, ref,
                                     place_of(*at->second))});
                }
            }
        }
    }

    void check_parents(CheckedRow const& row) {
        if (row.what == FeatureClass::country) {
            if (!row.parent.empty()) {
                add(row, CheckRule::wrong_parent,
                    fmt::format("{} is a country in {}; expected none", row.id, row.parent));
            }
            return;
        }
        CheckedRow const* const parent = find(row.parent);
        if (parent == nullptr) {
            // What belongs to no country (a sea, a continent) has no unit.
            bool const may =
                row.parent.empty() && (row.what == FeatureClass::region ||
                                       row.what == FeatureClass::natural || row.what == FeatureClass::line);
            if (!may) {
                add(row, CheckRule::missing_parent,
                    fmt::format("the admin unit \"{}\" of {} is no record", row.parent, row.id));
            }
            return;
        }
        auto const level = [](FeatureClass what) { return static_cast<int>(what); };
        bool const fits =
            is_unit(parent->what) && (!is_unit(row.what) || level(parent->what) + 1 == level(row.what));
        if (!fits) {
            add(row, CheckRule::wrong_parent,
                fmt::format("{} ({}) is in {}, a {}; expected the unit above", row.id, row.feature,
                            parent->id, parent->feature));
        }
        if (chain_of(row).size() > longest_chain) {
            add(row, CheckRule::missing_parent,
                fmt::format("the chain of admin units above {} does not end", row.id));
        }
    }

    /// The units above a record, the nearest first; cut off when longer than any chain may be.
    std::vector<CheckedRow const*> chain_of(CheckedRow const& row) const {
        std::vector<CheckedRow const*> chain;
        for (CheckedRow const* at = find(row.parent); at != nullptr && chain.size() <= longest_chain;
             at = find(at->parent)) {
            chain.push_back(at);
        }
        return chain;
    }

    double tolerance_km(std::string const& id) const {
        auto const at = m_tolerances.find(id);
        return at != m_tolerances.end() ? at->second : outline_tolerance_km;
    }

    void check_outlines(CheckedRow const& row) {
        if (is_unit(row.what) || row.what == FeatureClass::line || row.what == FeatureClass::region) {
            return;
        }
        bool held = false; // against an outline
        for (CheckedRow const* const unit : chain_of(row)) {
            if (unit->what == FeatureClass::country && held) {
                break;
            }
            if (Boundary const* const outline = m_boundaries.find(unit->id)) {
                held = true;
                m_used.insert(unit->id);
                if (!lies_in(row, *outline)) {
                    return; // one complaint a record
                }
            } else if (unit->what == FeatureClass::country) {
                check_distance(row, *unit);
            }
        }
    }

    bool lies_in(CheckedRow const& row, Boundary const& outline) {
        double const away = geo::distance_outside(outline.area, row.at).value / 1000;
        if (away <= tolerance_km(outline.id)) {
            return true;
        }
        LonLat const exchanged{row.at.lat, row.at.lon};
        if (is_valid(exchanged) &&
            geo::distance_outside(outline.area, exchanged).value / 1000 <= tolerance_km(outline.id)) {
            add(row, CheckRule::swapped_coordinates,
                fmt::format("{} stands at lon {}, lat {}, outside {}, but inside when they are exchanged",
                            row.id, row.at.lon, row.at.lat, outline.id));
        } else {
            add(row, CheckRule::outside_unit,
                fmt::format("{} stands {:.1f} km outside {}; {:.1f} km are allowed", row.id, away, outline.id,
                            tolerance_km(outline.id)));
        }
        return false;
    }

    /// Without an outline only a gross mistake shows: the position is far from the country, the exchanged one
    /// is not.
    void check_distance(CheckedRow const& row, CheckedRow const& country) {
        LonLat const exchanged{row.at.lat, row.at.lon};
        if (!country.has_position || !is_valid(exchanged)) {
            return;
        }
        double const reach = country.uncertainty.value;
        if (geo::distance(row.at, country.at).value > 3 * reach + 500'000 &&
            geo::distance(exchanged, country.at).value <= 1.5 * reach) {
            add(row, CheckRule::swapped_coordinates,
                fmt::format("{} stands at lon {}, lat {}, far from {}, but inside when they are exchanged",
                            row.id, row.at.lon, row.at.lat, country.id));
        }
    }

    void check_line(CheckedRow const& row) {
        CourseLine const* const course = m_lines.find(row.id);
        auto const nearest = course != nullptr ? geo::nearest_on(course->line, row.at) : std::nullopt;
        if (!nearest) {
            return;
        }
        double const away = geo::distance(*nearest, row.at).value;
        if (away > course->uncertainty.value) {
            add(row, CheckRule::off_its_line,
                fmt::format("{} stands {:.1f} km beside its line; the line is good to {:.1f} km", row.id,
                            away / 1000, course->uncertainty.value / 1000));
        }
    }

    /// Records of each name and kind, swept from south to north.
    void check_twins() {
        std::map<std::pair<Kind, std::string>, std::vector<CheckedRow const*>> named;
        for (CheckedRow const& row : m_rows) {
            if (row.has_position && kind_of(row.what) != Kind::other) {
                std::set<std::string> letters;
                for (std::string const& name : row.names) {
                    letters.insert(name_key(name).letters);
                }
                for (std::string const& each : letters) {
                    named[{kind_of(row.what), each}].push_back(&row);
                }
            }
        }
        std::set<std::pair<CheckedRow const*, CheckedRow const*>> told;
        for (auto& [name, rows] : named) {
            std::ranges::stable_sort(rows, {}, [](CheckedRow const* row) { return row->at.lat; });
            for (std::size_t i = 0; i < rows.size(); ++i) {
                for (std::size_t j = i + 1; j < rows.size() && is_abreast(*rows[i], *rows[j]); ++j) {
                    tell_twins(*std::min(rows[i], rows[j]), *std::max(rows[i], rows[j]), told);
                }
            }
        }
    }

    /// Whether the second lies at most the distance of one place farther north; a degree is over 110 km.
    static bool is_abreast(CheckedRow const& south, CheckedRow const& north) noexcept {
        return (north.at.lat - south.at.lat) * 110 <= same_place_km;
    }

    void tell_twins(CheckedRow const& first, CheckedRow const& second,
                    std::set<std::pair<CheckedRow const*, CheckedRow const*>>& told) {
        double const away = geo::distance(first.at, second.at).value / 1000;
        if (away <= same_place_km && told.emplace(&first, &second).second) {
            add(second, CheckRule::same_place_twice,
                fmt::format("{} and {} ({}) share the name \"{}\" {:.1f} km apart: one place twice?",
                            second.id, first.id, place_of(first), shared_name(first, second), away));
        }
    }

    static std::string shared_name(CheckedRow const& first, CheckedRow const& second) {
        for (std::string const& name : second.names) {
            for (std::string const& other : first.names) {
                if (name_key(name).letters == name_key(other).letters) {
                    return name;
                }
            }
        }
        return {};
    }

    std::vector<CheckedRow> const& m_rows;
    std::vector<CheckProblem>& m_problems;
    std::vector<CheckProblem>& m_doubts;
    std::unordered_map<std::string, CheckedRow const*> m_by_id;
    std::unordered_map<std::string_view, CheckedRow const*> m_claimed; ///< by public id
    std::string m_imports;                                             ///< folder
    Additions m_additions;
    Boundaries m_boundaries;
    Lines m_lines;
    std::map<std::string, double> m_tolerances; ///< km, by outline
    std::set<std::string> m_used;               ///< outlines that records were held against
};

} // namespace

std::string_view to_string(CheckRule rule) noexcept {
    return rule_names[static_cast<std::size_t>(rule)];
}

std::string to_string(CheckProblem const& problem) {
    return problem.line == 0 ? fmt::format("{}: {}", problem.file, problem.message)
                             : fmt::format("{}:{}: {}", problem.file, problem.line, problem.message);
}

CheckReport check(std::filesystem::path const& folder, std::vector<Boundary> outlines) {
    CheckReport report;
    std::vector<CheckedRow> const rows = read_checked_rows(folder / "places", report.problems);
    Checker checker{folder, rows, std::move(outlines), report};
    checker.run();
    report.records = rows.size();
    for (CheckedRow const& row : rows) {
        report.names += row.names.size();
    }
    report.outlines = checker.outlines();
    for (auto* const list : {&report.problems, &report.doubts}) {
        std::ranges::stable_sort(*list, {}, [](CheckProblem const& problem) {
            return std::tie(problem.file, problem.line, problem.rule);
        });
    }
    return report;
}

} // namespace kharita::gazetteer
