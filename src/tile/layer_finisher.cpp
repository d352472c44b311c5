#include "tile/layer_finisher.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/thread_pool.hpp"
#include "tile/attribute_type.hpp"
#include "tile/mvt_decoder.hpp"
#include "tile/mvt_encoder.hpp"

namespace kharita::tile {

namespace {

using Type = AttributeConfig::Type;

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// Makes a layer of its columns: ids distinct, features in their final order, values stored once.
class Finisher {
public:
    Finisher(ColumnPlan const& plan, FeatureColumns& columns, std::size_t jobs)
        : m_plan{plan},
          m_columns{columns},
          m_jobs{jobs} {}

    /// `features` are those that remain, with distinct ids.
    LayerData run(std::vector<std::uint32_t> features) {
        m_order = std::move(features);
        m_data.config = m_plan.config;
        if (m_columns.points.empty()) {
            m_data.config.thinning.reset();
        }
        unify_types();
        declare_keys();
        std::vector<std::uint32_t> numbers;
        run_both([&] { order_features(); }, [&] { numbers = move_values(); });
        move_tags(numbers);
        run_both([&] { move_numbers(); }, [&] { move_points(); });
        move_shapes();
        return std::move(m_data);
    }

    /// Of a layer whose features are elsewhere.
    LargeLayer describe_large() {
        m_data.config = m_plan.config;
        LargeLayer large;
        large.to_text = unify_types();
        declare_keys();
        large.new_key = std::move(m_new_key);
        large.layer = std::move(m_data);
        return large;
    }

private:
    /// Two pieces of work that do not touch each other's columns.
    template <typename First, typename Second>
    void run_both(First const& first, Second const& second) const {
        parallel_for(2, m_jobs, [&](std::size_t i) { i == 0 ? first() : second(); });
    }

    bool is_gathered(std::string const& name) const {
        auto const& thinning = m_data.config.thinning;
        return thinning && (name == thinning->count ||
                            std::ranges::find(thinning->aggregates, name, &AggregateConfig::name) !=
                                thinning->aggregates.end());
    }

    /// Attributes that have values of several types become text: which, by key.
    std::vector<bool> unify_types() {
        std::vector<bool> mixed;
        mixed.reserve(m_columns.keys.size());
        for (FeatureColumns::Key& key : m_columns.keys) {
            mixed.push_back(!key.declared && std::popcount(key.types) > 1);
            if (!key.declared && key.types != 0) {
                key.type = mixed.back() ? Type::text : static_cast<Type>(std::countr_zero(key.types));
            }
        }
        if (std::find(mixed.begin(), mixed.end(), true) == mixed.end()) {
            return mixed;
        }
        m_data.types_mixed = true;
        for (Tag& tag : m_columns.tags) {
            if (mixed[tag.key]) {
                Value const value = decode_value(m_columns.values[tag.value]);
                tag.value = m_columns.values.add(encode_value(converted(view_of(value), Type::text)));
            }
        }
        return mixed;
    }

    void order_features() {
        m_single_points = m_columns.is_single_points();
        if (m_single_points) { // their number is that of their point
            Places places;
            places.reserve(m_order.size());
            for (std::uint32_t const feature : m_order) {
                places.emplace_back(z_order(m_columns.points[feature].at), feature);
            }
            sort_places(places, [](std::uint32_t feature) { return feature; });
            std::transform(places.begin(), places.end(), m_order.begin(),
                           [](auto const& place) { return place.second; });
        } else { // the higher the rank, the later it is drawn
            std::sort(m_order.begin(), m_order.end(), [&](std::uint32_t a, std::uint32_t b) {
                return std::tuple{m_columns.ranks[a], m_columns.ids[a], a} <
                       std::tuple{m_columns.ranks[b], m_columns.ids[b], b};
            });
        }
        m_new_number.assign(m_columns.feature_count(), none);
        for (std::uint32_t i = 0; i < m_order.size(); ++i) {
            m_new_number[m_order[i]] = i;
        }
    }

    /// Pairs of z_order() and a number.
    using Places = std::vector<std::pair<std::uint64_t, std::uint32_t>>;

    /// Sorts by place, and those of one place by id, then number.
    template <typename FeatureOf>
    void sort_places(Places& places, FeatureOf const& feature_of) const {
        std::sort(places.begin(), places.end());
        auto const by_id = [&](auto const& a, auto const& b) {
            return std::pair{m_columns.ids[feature_of(a.second)], a.second} <
                   std::pair{m_columns.ids[feature_of(b.second)], b.second};
        };
        for (auto begin = places.begin(), end = begin; begin != places.end(); begin = end) {
            while (end != places.end() && end->first == begin->first) {
                ++end;
            }
            if (!std::is_sorted(begin, end, by_id)) {
                std::sort(begin, end, by_id);
            }
        }
    }

    /// Attributes that the configuration names stand as it has them, others by name.
    void declare_keys() {
        std::vector<std::uint32_t> order(m_columns.keys.size());
        std::iota(order.begin(), order.end(), 0U);
        std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            FeatureColumns::Key const& first = m_columns.keys[a];
            FeatureColumns::Key const& second = m_columns.keys[b];
            return first.declared != second.declared ? first.declared
                                                     : !first.declared && first.name < second.name;
        });
        m_new_key.assign(order.size(), none);
        for (std::uint32_t const number : order) {
            FeatureColumns::Key const& key = m_columns.keys[number];
            if ((key.declared || key.types != 0) && !is_gathered(key.name)) {
                m_new_key[number] = static_cast<std::uint32_t>(m_data.keys.size());
                m_data.keys.push_back(
                    {key.name, std::string{type_name(key.type)}, key.description, key.minzoom, key.declared});
            }
        }
        if (!m_data.config.thinning) {
            return;
        }
        auto const add_number = [&](std::string const& name) {
            auto const key = std::find_if(m_columns.keys.begin(), m_columns.keys.end(),
                                          [&](FeatureColumns::Key const& each) { return each.name == name; });
            m_data.keys.push_back(
                {name, "Number", key == m_columns.keys.end() ? std::string{} : key->description, 0, true});
        };
        if (!m_data.config.thinning->count.empty()) {
            add_number(m_data.config.thinning->count);
        }
        for (AggregateConfig const& each : m_data.config.thinning->aggregates) {
            add_number(each.name);
        }
    }

    /// By value: whether it is text that stands in one feature only.
    std::vector<bool> find_singles() const {
        std::vector<bool> once(m_columns.values.size(), false);
        std::vector<bool> often(m_columns.values.size(), false);
        for (Tag const tag : m_columns.tags) {
            often[tag.value] = often[tag.value] || once[tag.value];
            once[tag.value] = true;
        }
        constexpr char string_field = 0x0a; // numbers may become equal to a sum
        for (std::uint32_t value = 0; value < once.size(); ++value) {
            once[value] = once[value] && !often[value] && m_columns.values[value].front() == string_field;
        }
        return once;
    }

    /// By value: its number in the layer. Values keep their order, so that nothing here waits for memory.
    std::vector<std::uint32_t> move_values() {
        std::vector<bool> const single = find_singles();
        std::vector<std::uint32_t> numbers(m_columns.values.size());
        for (std::uint32_t value = 0; value < numbers.size(); ++value) {
            std::string_view const bytes = m_columns.values[value];
            numbers[value] =
                single[value] ? m_data.single_values.add(bytes) | single_value : m_data.values.add(bytes);
        }
        m_columns.values = {};
        return numbers;
    }

    /// The tags of some features.
    struct TagRows {
        std::vector<Tag> tags;
        std::vector<std::size_t> ends; ///< by feature
    };

    TagRows renumbered_rows(std::size_t first, std::size_t last,
                            std::span<std::uint32_t const> numbers) const {
        constexpr std::size_t ahead = 12; // features stand in another order: their tags are asked for early
        TagRows rows;
        rows.ends.reserve(last - first);
        for (std::size_t row = first; row < last; ++row) {
            if (row + ahead < last) {
                __builtin_prefetch(m_columns.tags.data() + m_columns.tag_begin[m_order[row + ahead]]);
            }
            std::uint32_t const feature = m_order[row];
            std::size_t const begin = rows.tags.size();
            for (std::size_t i = m_columns.tag_begin[feature]; i < m_columns.tag_begin[feature + 1]; ++i) {
                Tag const tag = m_columns.tags[i];
                if (m_new_key[tag.key] != none) {
                    rows.tags.push_back({m_new_key[tag.key], numbers[tag.value]});
                }
            }
            sort_tags(rows.tags, static_cast<std::ptrdiff_t>(begin));
            rows.ends.push_back(rows.tags.size());
        }
        return rows;
    }

    void move_tags(std::span<std::uint32_t const> numbers) {
        constexpr std::size_t rows_a_task = 50'000;
        std::size_t const tasks = m_order.size() / rows_a_task + 1;
        std::vector<TagRows> parts(tasks);
        parallel_for(tasks, m_jobs, [&](std::size_t task) {
            parts[task] =
                renumbered_rows(m_order.size() * task / tasks, m_order.size() * (task + 1) / tasks, numbers);
        });
        m_data.tags.reserve(m_columns.tags.size());
        m_columns.tags = std::vector<Tag>{}; // `= {}` would keep the memory
        m_data.tag_begin.reserve(m_order.size() + 1);
        m_data.tag_begin.push_back(0);
        for (TagRows& part : parts) {
            std::size_t const shift = m_data.tags.size();
            m_data.tags.insert(m_data.tags.end(), part.tags.begin(), part.tags.end());
            for (std::size_t const end : part.ends) {
                m_data.tag_begin.push_back(shift + end);
            }
            part = {};
        }
    }

    void move_numbers() {
        std::size_t const aggregates = m_data.aggregate_count();
        m_data.ids.reserve(m_order.size());
        m_data.ranks.reserve(m_order.size());
        for (std::uint32_t const feature : m_order) {
            m_data.ids.push_back(m_columns.ids[feature]);
            m_data.ranks.push_back(m_columns.ranks[feature]);
            m_data.coverages.push_back(m_columns.coverages.empty() ? 0 : m_columns.coverages[feature]);
            if (m_data.config.thinning) {
                m_data.own_counts.push_back(m_columns.own_counts[feature]);
                for (std::size_t i = 0; i < aggregates; ++i) {
                    m_data.own_aggregates.push_back(m_columns.own_aggregates[feature * aggregates + i]);
                }
            }
        }
        m_data.coverage_count =
            m_columns.coverages.empty() ? 1 : static_cast<std::uint32_t>(m_columns.coverage_names.size());
        m_data.coverage_names = std::move(m_columns.coverage_names);
    }

    void move_shapes() {
        m_data.vertices = std::move(m_columns.vertices);
        move_paths(m_columns.lines, m_data.lines);
        move_paths(m_columns.rings, m_data.rings);
        m_data.bounds = bounds_of(m_data);
    }

    void move_points() {
        m_data.has_multipoints = m_columns.has_multipoints;
        if (m_single_points) {
            m_data.points.reserve(m_order.size());
            for (std::uint32_t i = 0; i < m_order.size(); ++i) {
                m_data.points.push_back({m_columns.points[m_order[i]].at, i, true});
            }
            m_columns.points = std::vector<PointItem>{};
            return;
        }
        for (PointItem& item : m_columns.points) {
            item.feature = m_new_number[item.feature];
        }
        std::erase_if(m_columns.points, [](PointItem const& item) { return item.feature == none; });
        std::stable_sort(m_columns.points.begin(), m_columns.points.end(),
                         [](PointItem const& a, PointItem const& b) {
                             return std::pair{z_order(a.at), a.feature} < std::pair{z_order(b.at), b.feature};
                         });
        m_data.points = std::move(m_columns.points);
    }

    void move_paths(std::vector<Path>& from, std::vector<Path>& to) const {
        for (Path& path : from) {
            path.feature = m_new_number[path.feature];
        }
        std::erase_if(from, [](Path const& path) { return path.feature == none; });
        std::stable_sort(from.begin(), from.end(),
                         [](Path const& a, Path const& b) { return a.feature < b.feature; });
        to = std::move(from);
    }

    ColumnPlan const& m_plan;
    FeatureColumns& m_columns;
    std::size_t m_jobs;
    LayerData m_data;
    bool m_single_points = false;
    std::vector<std::uint32_t> m_order;      ///< features, as they will stand
    std::vector<std::uint32_t> m_new_number; ///< by feature: its place there
    std::vector<std::uint32_t> m_new_key;    ///< by key
};

} // namespace

LayerData finish_layer(ColumnPlan const& plan, FeatureColumns& columns, std::vector<std::uint32_t> features,
                       std::size_t jobs) {
    return Finisher{plan, columns, jobs}.run(std::move(features));
}

LargeLayer describe_large_layer(ColumnPlan const& plan, FeatureColumns& columns) {
    return Finisher{plan, columns, 1}.describe_large();
}

} // namespace kharita::tile
