#include "tile/shape_changes.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "base/error.hpp"
#include "tile/feature_index.hpp"

namespace kharita::tile {

namespace {

/// Puts the features of a layer that stay and those that changed together, and compares.
class Comparison {
public:
    Comparison(ShapeRecord const& before, LayerBuilder& changes, std::span<std::uint64_t const> removed,
               std::size_t jobs)
        : m_before{before},
          m_changes{changes},
          m_jobs{jobs} {
        find_gone(removed);
    }

    ShapeChanges run() {
        merge();
        compare_features();
        return std::move(m_found);
    }

private:
    void find_gone(std::span<std::uint64_t const> removed) {
        for (std::uint32_t i = 0; i < m_before.ids.size(); ++i) {
            m_found.old.emplace(m_before.ids[i], i);
        }
        m_found.goes.assign(m_before.ids.size(), false);
        FeatureColumns const& columns = m_changes.columns();
        if (!columns.points.empty()) {
            fail<InputError>(
                "layer {} cannot be updated: a changed feature is a point; make the archive in full",
                m_changes.config().id);
        }
        std::unordered_set<std::uint64_t> changed;
        for (std::uint64_t const id : columns.ids) {
            if (id == 0) {
                fail<InputError>("layer {}: a changed feature has id 0; ids begin with 1",
                                 m_changes.config().id);
            }
            if (!changed.insert(id).second) {
                continue; // set aside later
            }
            auto const old = m_found.old.find(id);
            ++(old != m_found.old.end() ? m_found.changed : m_found.added);
            if (old != m_found.old.end()) {
                m_found.goes[old->second] = true;
            }
        }
        for (std::uint64_t const id : removed) {
            auto const old = m_found.old.find(id);
            if (old != m_found.old.end() && !m_found.goes[old->second]) {
                m_found.goes[old->second] = true;
                ++m_found.removed;
            }
        }
    }

    /// The layer after the changes. Paths of features that stay have no vertices there.
    void merge() {
        FeatureColumns part = m_changes.make_columns();
        std::vector<std::uint32_t> keys;
        keys.reserve(m_before.keys.size());
        for (std::string const& key : m_before.keys) {
            keys.push_back(part.key_of(key));
        }
        std::vector<std::uint32_t> numbers(m_before.ids.size(), 0);
        part.coverage_names = m_before.coverage_names;
        for (std::uint32_t i = 0; i < m_before.ids.size(); ++i) {
            if (m_found.goes[i]) {
                continue;
            }
            numbers[i] = static_cast<std::uint32_t>(part.ids.size());
            part.ids.push_back(m_before.ids[i]);
            part.ranks.push_back(m_before.ranks[i]);
            for (Tag const tag : m_before.tags_of(i)) {
                std::string_view const value = m_before.value(tag.value);
                part.keys[keys[tag.key]].types |= 1U << static_cast<unsigned>(type_of_value(value));
                part.tags.push_back({keys[tag.key], part.values.add(value)});
            }
            part.tag_begin.push_back(part.tags.size());
            if (!m_changes.config().coverage.empty()) {
                part.coverages.push_back(m_before.coverages[i]);
            }
            if (m_changes.config().thinning) {
                part.own_counts.push_back(1);
                part.own_aggregates.resize(part.ids.size() * m_changes.config().thinning->aggregates.size());
            }
        }
        for (std::size_t kind = 0; kind < path_kinds.size(); ++kind) {
            std::vector<Path>& into = path_kinds[kind] == PathKind::line ? part.lines : part.rings;
            for (PathFacts const& path : m_before.paths[kind].paths) {
                if (!m_found.goes[path.feature]) {
                    into.push_back({numbers[path.feature], path.polygon, 0, 0, path.area});
                }
                part.polygon_count = std::max(part.polygon_count, path.polygon + 1);
            }
        }
        m_changes.append(part);
        m_found.data = m_changes.finish(m_found.rejects, m_jobs);
        if (m_found.data.types_mixed) {
            fail<InputError>(
                "layer {} cannot be updated: with the changes, some attribute has values of several "
                "types; make the archive in full",
                m_changes.config().id);
        }
    }

    /// The attributes of a feature, whatever their numbers.
    std::vector<std::pair<std::string_view, std::string_view>> tags_before(std::uint32_t feature) const {
        std::vector<std::pair<std::string_view, std::string_view>> all;
        for (Tag const tag : m_before.tags_of(feature)) {
            all.emplace_back(m_before.keys[tag.key], m_before.value(tag.value));
        }
        return all;
    }

    std::vector<std::pair<std::string_view, std::string_view>> tags_after(std::uint32_t feature) const {
        std::vector<std::pair<std::string_view, std::string_view>> all;
        for (Tag const tag : m_found.data.tags_of(feature)) {
            all.emplace_back(m_found.data.keys[tag.key].name, m_found.data.value(tag.value));
        }
        return all;
    }

    /// Which features say other than before: new ones, and those of which an attribute or the rank changed.
    void compare_features() {
        m_found.number_before.assign(m_found.data.feature_count(), no_feature);
        m_found.number_after.assign(m_before.ids.size(), no_feature);
        m_found.says_other.assign(m_found.data.feature_count(), true);
        for (std::uint32_t i = 0; i < m_found.data.feature_count(); ++i) {
            auto const old = m_found.old.find(m_found.data.ids[i]);
            if (old == m_found.old.end()) {
                continue;
            }
            m_found.number_before[i] = old->second;
            m_found.number_after[old->second] = i;
            bool const same =
                !m_found.goes[old->second] || (m_found.data.ranks[i] == m_before.ranks[old->second] &&
                                               tags_after(i) == tags_before(old->second));
            m_found.says_other[i] = !same;
        }
    }

    ShapeRecord const& m_before;
    LayerBuilder& m_changes;
    std::size_t m_jobs;
    ShapeChanges m_found;
};

} // namespace

ShapeChanges compare_shapes(ShapeRecord const& before, LayerBuilder& changes,
                            std::span<std::uint64_t const> removed, std::size_t jobs) {
    return Comparison{before, changes, removed, jobs}.run();
}

} // namespace kharita::tile
