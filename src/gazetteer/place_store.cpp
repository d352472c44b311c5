#include "gazetteer/place_store.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "gazetteer/compact_text.hpp"
#include "gazetteer/name_table.hpp"

namespace kharita::gazetteer {

namespace {

constexpr double degrees_scale = 1e7;
constexpr double decimetres = 10;
constexpr std::size_t most_parents = 16;

/// What stands at the front of a place's details.
struct Front {
    std::uint64_t uncertainty;
    std::uint64_t population;
    std::vector<std::string> refs;
    std::uint8_t present = 0; ///< bit 0: an Arabic name, bit 1: an English one; they come first
    std::uint64_t names = 0;

    explicit Front(ByteReader& reader) : uncertainty{reader.varint()}, population{reader.varint()} {
        for (std::uint64_t count = reader.varint(); count > 0 && reader.is_whole(); --count) {
            refs.emplace_back(reader.field());
        }
        present = reader.byte();
        names = reader.varint();
    }
};

std::string read_name(ByteReader& reader) {
    return from_compact(NameText::read(reader, 0).compact);
}

} // namespace

struct PlaceStore::Page {
    std::array<std::atomic<Place const*>, page_size> places{};

    Page() = default;
    Page(Page const&) = delete;
    Page& operator=(Page const&) = delete;
    Page(Page&&) = delete;
    Page& operator=(Page&&) = delete;
    ~Page() {
        for (auto const& each : places) {
            std::unique_ptr<Place const> const owned{each.load(std::memory_order_relaxed)};
        }
    }
};

PlaceStore::PlaceStore(IndexImage const& image)
    : m_image{&image},
      m_pages{std::make_unique<std::atomic<Page*>[]>(size() / page_size + 1)} { // NOLINT(*-avoid-c-arrays)
    ByteReader reader{image.read_all(Section::features)};
    while (reader.left() > 0) {
        m_features.emplace_back(reader.field());
        m_classes.push_back(gazetteer::feature_class(m_features.back()));
    }
    if (!reader.is_whole()) {
        image.malformed("a feature code");
    }
}

PlaceStore::~PlaceStore() {
    for (std::size_t i = 0; i <= size() / page_size; ++i) {
        std::unique_ptr<Page> const owned{m_pages[i].load(std::memory_order_relaxed)};
    }
}

PlaceStore::Page& PlaceStore::page(std::size_t number) const {
    std::atomic<Page*>& slot = m_pages[number];
    if (Page* const known = slot.load(std::memory_order_acquire)) {
        return *known;
    }
    auto made = std::make_unique<Page>();
    Page* expected = nullptr;
    if (slot.compare_exchange_strong(expected, made.get(), std::memory_order_acq_rel)) {
        return *made.release();
    }
    return *expected; // another thread was first
}

Place const& PlaceStore::place(PlaceIndex index) const {
    std::atomic<Place const*>& slot = page(index / page_size).places[index % page_size];
    if (Place const* const known = slot.load(std::memory_order_acquire)) {
        return *known;
    }
    auto made = std::make_unique<Place const>(read(index));
    Place const* expected = nullptr;
    if (slot.compare_exchange_strong(expected, made.get(), std::memory_order_acq_rel)) {
        return *made.release();
    }
    return *expected;
}

PlaceRecord PlaceStore::record(PlaceIndex index) const {
    PlaceRecord const record = PlaceRecord::read(
        m_image->read(Section::places, std::uint64_t{index} * PlaceRecord::size, PlaceRecord::size).data());
    if (record.parent != no_place && record.parent >= size()) {
        m_image->malformed("the parent of a place");
    }
    return record;
}

std::size_t PlaceStore::feature_of(PlaceRecord const& record) const {
    std::size_t const feature = record.feature & ((1U << PlaceRecord::feature_bits) - 1);
    if (feature >= m_features.size()) {
        m_image->malformed("the feature code of a place");
    }
    return feature;
}

std::string_view PlaceStore::details(PlaceIndex index) const {
    std::uint64_t const begin = record(index).details;
    std::uint64_t const end =
        index + 1 < size() ? record(index + 1).details : m_image->size(Section::details);
    if (begin > end) {
        m_image->malformed("the details of a place");
    }
    return m_image->read(Section::details, begin, end - begin);
}

std::string PlaceStore::id(PlaceIndex index) const {
    constexpr std::size_t width = sizeof(std::uint32_t);
    auto const group = load_little<std::uint32_t>(
        m_image->read(Section::id_groups, index / id_group_size * width, width).data());
    // Most groups lie within one look.
    for (std::uint64_t most = 1024;; most *= 16) {
        std::string_view const bytes = m_image->read_from(Section::ids, group, most);
        ByteReader reader{bytes};
        std::string id;
        for (std::size_t i = 0; i <= index % id_group_size; ++i) {
            std::uint64_t const shared = reader.varint();
            std::string_view const rest = reader.field();
            if (shared > id.size()) {
                m_image->malformed("an id");
            }
            id.resize(shared);
            id += rest;
        }
        if (reader.is_whole()) {
            return id;
        }
        if (bytes.size() < most) {
            m_image->malformed("an id");
        }
    }
}

Place PlaceStore::read(PlaceIndex index) const {
    PlaceRecord const record = this->record(index);
    ByteReader reader{details(index)};
    Front front{reader};
    Place place;
    place.id = id(index);
    place.feature = m_features[feature_of(record)];
    place.at = {record.lon / degrees_scale, record.lat / degrees_scale};
    place.prominence = record.feature >> PlaceRecord::feature_bits;
    place.uncertainty = Metres{static_cast<double>(front.uncertainty) / decimetres};
    place.population = static_cast<std::int64_t>(front.population);
    place.refs = std::move(front.refs);
    if ((front.present & 1U) != 0) {
        place.name_ar = read_name(reader);
    }
    if ((front.present & 2U) != 0) {
        place.name = read_name(reader);
    }
    if (!reader.is_whole() || !is_valid(place.at)) {
        m_image->malformed("a place");
    }
    fill_admin(index, place);
    return place;
}

/// Country and admin units of a place, from its chain of parents, itself included.
void PlaceStore::fill_admin(PlaceIndex index, Place& place) const {
    std::size_t steps = 0;
    for (PlaceIndex at = index; at != no_place; at = parent(at)) {
        if (++steps > most_parents) {
            m_image->malformed("a chain of admin units");
        }
        FeatureClass const level = feature_class_of(at);
        if (level > FeatureClass::admin3) {
            continue;
        }
        if (level == FeatureClass::country) {
            place.country = id(at);
            continue;
        }
        ByteReader reader{details(at)};
        Front const front{reader};
        std::string name = read_name(reader);
        if (front.present == 3) { // the English one, if there is one
            name = read_name(reader);
        }
        auto& unit = level == FeatureClass::admin1   ? place.admin1
                     : level == FeatureClass::admin2 ? place.admin2
                                                     : place.admin3;
        unit = AdminUnit{id(at), std::move(name)};
    }
}

PlaceIndex PlaceStore::parent(PlaceIndex index) const {
    return record(index).parent;
}

FeatureClass PlaceStore::feature_class_of(PlaceIndex index) const {
    return m_classes[feature_of(record(index))];
}

bool PlaceStore::is_within(PlaceIndex inner, PlaceIndex outer) const {
    std::size_t steps = 0;
    for (PlaceIndex at = inner; at != no_place; at = parent(at)) {
        if (at == outer) {
            return true;
        }
        if (++steps > most_parents) {
            m_image->malformed("a chain of admin units");
        }
    }
    return false;
}

std::vector<std::string> PlaceStore::names(PlaceIndex index) const {
    ByteReader reader{details(index)};
    Front const front{reader};
    std::vector<std::string> names;
    for (std::uint64_t i = 0; i < front.names && reader.is_whole(); ++i) {
        names.push_back(read_name(reader));
    }
    if (!reader.is_whole()) {
        m_image->malformed("the names of a place");
    }
    return names;
}

std::optional<PlaceIndex> PlaceStore::find_id(std::string_view wanted) const {
    PlaceIndex begin = 0;
    auto end = static_cast<PlaceIndex>(size());
    while (begin < end) {
        PlaceIndex const middle = begin + (end - begin) / 2;
        std::string const found = id(middle);
        if (found == wanted) {
            return middle;
        }
        if (found < wanted) {
            begin = middle + 1;
        } else {
            end = middle;
        }
    }
    return std::nullopt;
}

std::optional<PlaceIndex> PlaceStore::find_ref(std::string_view ref) const {
    constexpr std::size_t width = sizeof(std::uint32_t);
    HashDirectory const directory{*m_image, Section::ref_buckets, m_image->size(Section::refs) / width};
    auto const [first, last] = directory.find(letters_hash(ref));
    std::optional<PlaceIndex> found;
    for (std::uint64_t i = first; i < last; ++i) {
        auto const index = load_little<std::uint32_t>(m_image->read(Section::refs, i * width, width).data());
        if (index >= size()) {
            m_image->malformed("a ref");
        }
        ByteReader reader{details(index)};
        auto const refs = Front{reader}.refs;
        if (std::ranges::find(refs, ref) != refs.end() && (!found || index < *found)) {
            found = index; // of several places with a ref the first has it
        }
    }
    return found;
}

std::optional<PlaceIndex> PlaceStore::find(std::string_view id_or_ref) const {
    auto const by_id = find_id(id_or_ref);
    return by_id ? by_id : find_ref(id_or_ref);
}

} // namespace kharita::gazetteer
