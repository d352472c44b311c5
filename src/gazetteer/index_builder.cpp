#include "gazetteer/index_builder.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "gazetteer/compact_text.hpp"
#include "gazetteer/gazetteer.hpp"
#include "gazetteer/index_assembly.hpp"
#include "gazetteer/index_format.hpp"
#include "gazetteer/index_image.hpp"
#include "gazetteer/name_sections.hpp"
#include "gazetteer/name_text.hpp"

namespace kharita::gazetteer {

namespace {

/// A place that waits for all others to come. Its texts stand one after the other in State::arena.
struct Pending {
    std::uint64_t at = 0;
    std::uint32_t id = 0; ///< sizes
    std::uint32_t parent = 0;
    std::uint32_t details = 0;
    std::uint32_t keys = 0;
    std::int32_t lon = 0;
    std::int32_t lat = 0;
    std::uint16_t feature = 0;
    std::uint8_t prominence = 0;
    std::uint32_t file = 0;
    std::uint32_t line = 0;
};

constexpr double degrees_scale = 1e7;
constexpr double decimetres = 10;
constexpr std::size_t most_parents = 16;

std::int32_t fixed(double degrees) noexcept {
    return static_cast<std::int32_t>(std::round(degrees * degrees_scale));
}

std::string where(PlaceRow const& row) {
    return fmt::format("{}:{}", row.file, row.line);
}

void refuse_impossible(PlaceRow const& row) {
    if (row.id.empty() || row.feature.empty()) {
        fail<InputError>("{}: no id or no feature code", where(row));
    }
    if (!is_valid(row.at)) {
        fail<InputError>("{}: {} lies at lon {}, lat {}; expected degrees within ±180 and ±90", where(row),
                         row.id, row.at.lon, row.at.lat);
    }
    double const uncertainty = row.uncertainty.value;
    if (!std::isfinite(uncertainty) || uncertainty < 0 || uncertainty > 4e8) {
        fail<InputError>("{}: uncertainty_m is {}; expected metres, 0 or more", where(row), uncertainty);
    }
    if (row.name_ar.empty() && row.name_en.empty()) {
        fail<InputError>("{}: {} has neither name_ar nor name_en", where(row), row.id);
    }
}

/// What a name's key has, kept until the sections are made.
void append_key(std::string& bytes, NameKey const& key, std::uint8_t flags) {
    bytes.push_back(static_cast<char>(flags));
    append_varint(bytes, key.letters.size());
    bytes += key.letters;
    append_varint(bytes, key.boundaries);
}

std::uint32_t to_u32(std::size_t value, char const* what) {
    if (value > 0xFFFF'FFFE) {
        fail<InputError>("{} of the gazetteer take more than 4 GiB, which the compiled form has no room for",
                         what);
    }
    return static_cast<std::uint32_t>(value);
}

} // namespace

struct IndexBuilder::State {
    std::string arena;
    std::vector<Pending> places;
    std::map<std::string, std::uint16_t, std::less<>> features;
    std::vector<std::string> files;

    std::string_view id(Pending const& place) const noexcept { return text(place.at, place.id); }
    std::string_view parent(Pending const& place) const noexcept {
        return text(place.at + place.id, place.parent);
    }
    std::string_view details(Pending const& place) const noexcept {
        return text(place.at + place.id + place.parent, place.details);
    }
    std::string_view keys(Pending const& place) const noexcept {
        return text(place.at + place.id + place.parent + place.details, place.keys);
    }
    std::string where(Pending const& place) const {
        return fmt::format("{}:{}", files[place.file], place.line);
    }

    std::uint16_t feature(PlaceRow const& row);
    void append_names(PlaceRow const& row, std::string& keys);
    void sort();
    std::vector<PlaceIndex> find_parents() const;
    void refuse_endless_chains(std::vector<PlaceIndex> const& parents) const;
    std::string content_hash() const;
    std::vector<NameEntry> name_entries() const;
    std::array<std::string, section_count> sections(std::uint32_t& longest_name) const;
    void add_place_sections(std::array<std::string, section_count>& all) const;
    void add_ref_sections(std::array<std::string, section_count>& all) const;

private:
    std::string_view text(std::uint64_t at, std::size_t size) const noexcept {
        return std::string_view{arena}.substr(at, size);
    }
};

namespace {

std::string& of(std::array<std::string, section_count>& all, Section section) {
    return all[static_cast<std::size_t>(section)];
}

/// A place's details, read again.
struct Details {
    std::uint64_t uncertainty = 0;
    std::uint64_t population = 0;
    std::vector<std::string_view> refs;
    std::uint8_t present = 0;
    std::vector<std::string> names;

    explicit Details(std::string_view bytes) {
        ByteReader reader{bytes};
        uncertainty = reader.varint();
        population = reader.varint();
        for (std::uint64_t count = reader.varint(); count > 0; --count) {
            refs.push_back(reader.field());
        }
        present = reader.byte();
        for (std::uint64_t count = reader.varint(); count > 0; --count) {
            names.push_back(from_compact(NameText::read(reader, 0).compact));
        }
    }
};

} // namespace

IndexBuilder::IndexBuilder() : m_state{std::make_unique<State>()} {}
IndexBuilder::IndexBuilder(IndexBuilder&&) noexcept = default;
IndexBuilder& IndexBuilder::operator=(IndexBuilder&&) noexcept = default;
IndexBuilder::~IndexBuilder() = default;

std::uint16_t IndexBuilder::State::feature(PlaceRow const& row) {
    auto const known = features.find(row.feature);
    if (known != features.end()) {
        return known->second;
    }
    constexpr std::size_t most = std::size_t{1} << PlaceRecord::feature_bits;
    if (features.size() >= most) {
        fail<InputError>("{}: more than {} feature codes; expected those of GeoNames", gazetteer::where(row),
                         most);
    }
    return features.emplace(row.feature, static_cast<std::uint16_t>(features.size())).first->second;
}

void IndexBuilder::State::append_names(PlaceRow const& row, std::string& keys) {
    arena.push_back(static_cast<char>((row.name_ar.empty() ? 0 : 1) | (row.name_en.empty() ? 0 : 2)));
    std::vector<std::string_view> names;
    names.reserve(row.aliases.size() + 2);
    for (std::string_view const name : {row.name_ar, row.name_en}) {
        if (!name.empty()) {
            names.push_back(name);
        }
    }
    names.insert(names.end(), row.aliases.begin(), row.aliases.end());
    append_varint(arena, names.size());
    for (std::string_view const name : names) {
        NameKey const key = name_key(name);
        auto const compact = to_compact(name);
        if (!compact) {
            fail<InputError>("{}: a name of {} is no UTF-8", gazetteer::where(row), row.id);
        }
        if (key.letters.empty()) {
            fail<InputError>("{}: the name \"{}\" of {} has fewer than two letters to be found by",
                             gazetteer::where(row), name, row.id);
        }
        NameText const described = describe_name(*compact, name, key);
        described.append_to(arena);
        bool const primary = name == row.name_ar || name == row.name_en;
        append_key(keys, key,
                   static_cast<std::uint8_t>(described.flags | (primary ? name_flag::primary : 0U)));
    }
}

void IndexBuilder::add(PlaceRow const& row) {
    refuse_impossible(row);
    State& state = *m_state;
    if (state.files.empty() || state.files.back() != row.file) {
        state.files.emplace_back(row.file);
    }
    LonLat const at = rounded(row.at);
    Pending place{.at = state.arena.size(),
                  .id = to_u32(row.id.size(), "the ids"),
                  .parent = to_u32(row.parent.size(), "the ids"),
                  .lon = fixed(at.lon),
                  .lat = fixed(at.lat),
                  .feature = state.feature(row),
                  .prominence = row.prominence,
                  .file = static_cast<std::uint32_t>(state.files.size() - 1),
                  .line = to_u32(row.line, "the lines")};
    state.arena += row.id;
    state.arena += row.parent;
    std::size_t const details = state.arena.size();
    append_varint(state.arena, static_cast<std::uint64_t>(std::llround(row.uncertainty.value * decimetres)));
    append_varint(state.arena, row.population);
    append_varint(state.arena, row.refs.size());
    for (std::string_view const ref : row.refs) {
        append_varint(state.arena, ref.size());
        state.arena += ref;
    }
    std::string keys;
    state.append_names(row, keys);
    place.details = to_u32(state.arena.size() - details, "the details");
    place.keys = to_u32(keys.size(), "the names");
    state.arena += keys;
    state.places.push_back(place);
}

void IndexBuilder::State::sort() {
    std::ranges::sort(places, {}, [&](Pending const& place) {
        return std::tuple{id(place), place.file, place.line};
    });
    for (std::size_t i = 1; i < places.size(); ++i) {
        if (id(places[i]) == id(places[i - 1])) {
            fail<InputError>("{}: the id {} stands at {} already", where(places[i]), id(places[i]),
                             where(places[i - 1]));
        }
    }
}

std::vector<PlaceIndex> IndexBuilder::State::find_parents() const {
    std::unordered_map<std::string_view, PlaceIndex> known; // few, and asked for again and again
    std::vector<PlaceIndex> parents;
    parents.reserve(places.size());
    for (Pending const& place : places) {
        std::string_view const wanted = parent(place);
        auto const [at, is_new] = known.emplace(wanted, no_place);
        if (is_new && !wanted.empty()) {
            auto const found =
                std::ranges::lower_bound(places, wanted, {}, [&](Pending const& each) { return id(each); });
            if (found == places.end() || id(*found) != wanted) {
                fail<InputError>("{}: the admin unit {} of {} is not in the gazetteer", where(place), wanted,
                                 id(place));
            }
            at->second = static_cast<PlaceIndex>(found - places.begin());
        }
        parents.push_back(at->second);
    }
    refuse_endless_chains(parents);
    return parents;
}

void IndexBuilder::State::refuse_endless_chains(std::vector<PlaceIndex> const& parents) const {
    for (std::size_t i = 0; i < parents.size(); ++i) {
        std::size_t steps = 0;
        for (auto at = static_cast<PlaceIndex>(i); at != no_place; at = parents[at]) {
            if (++steps > most_parents) {
                fail<InputError>("{}: the chain of admin units above {} does not end", where(places[i]),
                                 id(places[i]));
            }
        }
    }
}

std::string IndexBuilder::State::content_hash() const {
    std::vector<std::string_view> codes(features.size());
    for (auto const& [code, index] : features) {
        codes[index] = code;
    }
    Sha256 hash;
    for (Pending const& place : places) {
        Details const details{this->details(place)};
        bool const arabic = (details.present & 1U) != 0;
        bool const english = (details.present & 2U) != 0;
        hash.field(id(place))
            .field(english ? details.names[arabic ? 1 : 0] : std::string{})
            .field(arabic ? details.names[0] : std::string{})
            .field(codes[place.feature])
            .field(parent(place));
        hash.field(fmt::format("{} {} {} {} {}", place.lon / degrees_scale, place.lat / degrees_scale,
                               static_cast<double>(details.uncertainty) / decimetres, details.population,
                               place.prominence));
        hash.number(details.names.size());
        for (std::string const& name : details.names) {
            hash.field(name);
        }
        hash.number(details.refs.size());
        for (std::string_view const ref : details.refs) {
            hash.field(ref);
        }
    }
    return hash.hex();
}

std::vector<NameEntry> IndexBuilder::State::name_entries() const {
    std::vector<NameEntry> entries;
    std::size_t details_begin = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        std::string_view const all = details(places[i]);
        ByteReader reader{all};
        reader.varint();
        reader.varint();
        for (std::uint64_t count = reader.varint(); count > 0; --count) {
            reader.field();
        }
        reader.byte();
        ByteReader key_reader{keys(places[i])};
        for (std::uint64_t count = reader.varint(); count > 0; --count) {
            NameEntry entry;
            entry.text = to_u32(details_begin + all.size() - reader.left(), "the names");
            NameText::read(reader, 0);
            entry.place = static_cast<PlaceIndex>(i);
            entry.flags = key_reader.byte();
            entry.letters = key_reader.field();
            entry.boundaries = key_reader.varint();
            entry.hash = letters_hash(entry.letters);
            entries.push_back(entry);
        }
        details_begin += all.size();
    }
    return entries;
}

void IndexBuilder::State::add_place_sections(std::array<std::string, section_count>& all) const {
    std::vector<std::uint16_t> ranks(features.size());
    std::uint16_t rank = 0;
    for (auto const& [code, index] : features) { // ordered by code, whatever came first
        append_varint(of(all, Section::features), code.size());
        of(all, Section::features) += code;
        ranks[index] = rank++;
    }
    std::vector<PlaceIndex> const parents = find_parents();
    std::string_view before;
    for (std::size_t i = 0; i < places.size(); ++i) {
        Pending const& place = places[i];
        std::string& details = of(all, Section::details);
        PlaceRecord{.details = to_u32(details.size(), "the details"),
                    .lon = place.lon,
                    .lat = place.lat,
                    .parent = parents[i],
                    .feature = static_cast<std::uint16_t>(ranks[place.feature] |
                                                          (place.prominence << PlaceRecord::feature_bits))}
            .append_to(of(all, Section::places));
        details += this->details(place);
        std::string_view const id = this->id(place);
        std::size_t shared = 0;
        if (i % id_group_size == 0) {
            append_little(of(all, Section::id_groups), to_u32(of(all, Section::ids).size(), "the ids"));
        } else {
            shared = static_cast<std::size_t>(std::ranges::mismatch(id, before).in1 - id.begin());
        }
        append_varint(of(all, Section::ids), shared);
        append_varint(of(all, Section::ids), id.size() - shared);
        of(all, Section::ids) += id.substr(shared);
        before = id;
    }
}

void IndexBuilder::State::add_ref_sections(std::array<std::string, section_count>& all) const {
    std::vector<std::pair<std::uint64_t, PlaceIndex>> refs;
    for (std::size_t i = 0; i < places.size(); ++i) {
        ByteReader reader{details(places[i])};
        reader.varint();
        reader.varint();
        for (std::uint64_t count = reader.varint(); count > 0; --count) {
            refs.emplace_back(letters_hash(reader.field()), static_cast<PlaceIndex>(i));
        }
    }
    std::ranges::sort(refs);
    std::vector<std::uint64_t> hashes;
    hashes.reserve(refs.size());
    for (auto const& [hash, place] : refs) {
        hashes.push_back(hash);
        append_little(of(all, Section::refs), place);
    }
    of(all, Section::ref_buckets) = make_buckets(hashes);
}

std::array<std::string, section_count> IndexBuilder::State::sections(std::uint32_t& longest_name) const {
    std::array<std::string, section_count> all;
    add_place_sections(all);
    add_ref_sections(all);
    std::vector<NameEntry> entries = name_entries();
    NameSections names = make_name_sections(entries);
    longest_name = names.longest;
    of(all, Section::names) = std::move(names.names);
    of(all, Section::name_buckets) = std::move(names.buckets);
    of(all, Section::filter) = std::move(names.filter);
    of(all, Section::heads) = std::move(names.heads);
    of(all, Section::spellings) = std::move(names.spellings);
    of(all, Section::spelling_buckets) = std::move(names.spelling_buckets);
    of(all, Section::spelling_filter) = std::move(names.spelling_filter);
    return all;
}

std::string IndexBuilder::finish(std::string_view input_hash) {
    std::unique_ptr<State> const state = std::move(m_state);
    to_u32(state->places.size(), "the places");
    state->sort();
    IndexFacts facts{.places = state->places.size(),
                     .longest_name = 0,
                     .content_hash = state->content_hash(),
                     .input_hash = input_hash};
    auto sections = state->sections(facts.longest_name);
    return assemble_index(sections, facts);
}

} // namespace kharita::gazetteer
