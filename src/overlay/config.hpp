#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/lon_lat.hpp"
#include "model/zone.hpp"

namespace kharita::overlay {

/// How overlays are derived; the figures and where they come from are in schemas/overlay.json.
struct Config {
    /// Depth of a zone whose report states none, by ZoneKind; empty where no depth is sensible.
    std::array<std::optional<double>, 5> default_depth_km;

    Metres reach{15'000};   ///< how far round a place its holder is taken to hold the ground
    int known_days = 400;   ///< how long a place counts as held without news of it
    int contested_days = 3; ///< how long a battle or rival claims leave a place contested
    /// The party for whose control an actor acts, by actor id; empty for one that acts for nobody's. See
    /// party_of().
    std::map<std::string, std::string, std::less<>> parties;

    std::vector<std::pair<std::string, std::string>> rivals; ///< each pair in alphabetical order
    int smoothing_rounds = 2;
    Metres stretch{25'000};
    Metres evidence_reach{8'000};
    int evidence_days = 30;

    /// Reads schemas/overlay.json. Members that begin with `_` are remarks.
    /// Throws InputError naming the file and the member for what is missing, unknown, or of a wrong kind.
    static Config load(std::filesystem::path const& path);

    /// Adds the party of every actor of a table like gazetteer/actors.tsv: the highest of its parents.
    /// What `parties` already says stays. Throws InputError for a table without columns "id" and "parent",
    /// or with a circle of parents.
    void add_parents(std::filesystem::path const& actors);

    /// Whose control an actor's gains and losses count for: the actor itself where nothing else is said;
    /// empty where they count for nobody's.
    std::string party_of(std::string_view actor) const;

    /// Whether there is a frontline between the areas of two parties, in either order.
    bool are_rivals(std::string_view a, std::string_view b) const noexcept;
};

} // namespace kharita::overlay
