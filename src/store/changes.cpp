#include "store/changes.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/hash.hpp"
#include "geo/geojson.hpp"

namespace kharita::store {

namespace {

/// Every layer's first property is its id, a text.
std::string const& id_of(Feature const& feature) {
    return std::get<std::string>(feature.properties.front().second);
}

std::uint64_t content_of(Feature const& feature, std::string& buffer) {
    buffer.clear();
    geo::append_geojson(buffer, feature);
    return xxh3(buffer);
}

std::vector<std::string_view> differences(Feature const& before, Feature const& now) {
    std::vector<std::string_view> fields;
    for (std::size_t i = 0; i < now.properties.size(); ++i) {
        if (i >= before.properties.size() || before.properties[i] != now.properties[i]) {
            fields.emplace_back(now.properties[i].first);
        }
    }
    if (before.geometry != now.geometry) {
        fields.emplace_back("geometry");
    }
    return fields;
}

/// What the old database has of a feature.
struct Known {
    std::uint64_t content = 0;
    bool is_there = false; ///< in the new one too
};

} // namespace

std::string_view name_of(Change change) noexcept {
    switch (change) {
    case Change::added:
        return "added";
    case Change::changed:
        return "changed";
    case Change::removed:
        return "removed";
    }
    return {};
}

ChangeCounts changes(Database& before, Database& now, Layer layer,
                     std::function<void(ChangedFeature const&)> const& use) {
    ChangeCounts counts;
    std::string buffer;
    std::unordered_map<std::uint64_t, Known> old; // by a hash of the id
    features(before, layer, [&](Feature const& feature) {
        old[xxh3(id_of(feature))] = {.content = content_of(feature, buffer)};
    });
    std::map<std::string, Feature, std::less<>> changed;
    features(now, layer, [&](Feature const& feature) {
        auto const known = old.find(xxh3(id_of(feature)));
        if (known == old.end()) {
            ++counts.added;
            use({.change = Change::added, .feature = feature, .fields = {}});
            return;
        }
        known->second.is_there = true;
        if (known->second.content != content_of(feature, buffer)) {
            changed.emplace(id_of(feature), feature);
        }
    });
    features(before, layer, [&](Feature const& feature) {
        if (auto const other = changed.find(id_of(feature)); other != changed.end()) {
            ++counts.changed;
            use({.change = Change::changed,
                 .feature = other->second,
                 .fields = differences(feature, other->second)});
        } else if (!old[xxh3(id_of(feature))].is_there) {
            ++counts.removed;
            use({.change = Change::removed, .feature = feature, .fields = {}});
        }
    });
    return counts;
}

} // namespace kharita::store
