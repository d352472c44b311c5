#include <cstdio>
#include <map>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/gazetteer_commands.hpp"

namespace kharita::cli {

namespace {

using gazetteer::Gazetteer;
using gazetteer::PlaceIndex;

struct StatsOptions {
    GazetteerOptions const* shared = nullptr;
    bool json = false;
};

Exit run_stats(StatsOptions const& options) {
    Gazetteer const gazetteer = load_gazetteer(*options.shared);
    std::map<std::size_t, std::size_t> by_class;
    std::map<std::string, std::size_t> by_feature;
    std::map<std::string, std::size_t> by_country;
    std::map<std::string, std::size_t> by_governorate;
    std::size_t const names = gazetteer.name_count();
    for (PlaceIndex i = 0; i < gazetteer.size(); ++i) {
        Place const& place = gazetteer.place(i);
        ++by_class[static_cast<std::size_t>(gazetteer.feature_class_of(i))];
        ++by_feature[place.feature];
        ++by_country[place.country.empty() ? "none" : place.country];
        if (place.admin1) {
            ++by_governorate[fmt::format("{} {}", place.admin1->id, place.admin1->name)];
        }
    }
    if (options.json) {
        nlohmann::ordered_json all{{"places", gazetteer.size()}, {"names", names}};
        for (auto const& [what, count] : by_class) {
            all["classes"][std::string{feature_class_names[what]}] = count;
        }
        all["features"] = by_feature;
        all["countries"] = by_country;
        all["admin1"] = by_governorate;
        all["content_hash"] = gazetteer.content_hash();
        fmt::print("{}\n", all.dump(2));
        return Exit::done;
    }
    fmt::print("places\t{}\nnames\t{}\n", gazetteer.size(), names);
    for (auto const& [what, count] : by_class) {
        fmt::print("class\t{}\t{}\n", feature_class_names[what], count);
    }
    for (auto const& [code, count] : by_feature) {
        fmt::print("feature\t{}\t{}\n", code, count);
    }
    for (auto const& [country, count] : by_country) {
        fmt::print("country\t{}\t{}\n", country, count);
    }
    for (auto const& [unit, count] : by_governorate) {
        fmt::print("admin1\t{}\t{}\n", unit, count);
    }
    fmt::print("hash\t{}\n", gazetteer.content_hash());
    return Exit::done;
}

} // namespace

void add_gazetteer_stats(CLI::App& command, GazetteerOptions const& shared, Action& action) {
    auto const options = std::make_shared<StatsOptions>();
    options->shared = &shared;
    CLI::App* const stats = command.add_subcommand("stats", "how many places and names there are");
    stats->add_flag("--json", options->json, "as JSON");
    stats->callback([options, &action] { action = [options] { return run_stats(*options); }; });
}

} // namespace kharita::cli
