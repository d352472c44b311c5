#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/place.hpp"
#include "text/tokens.hpp"

namespace kharita::gazetteer {

/// Index of a place within one loaded gazetteer; stable only while it is loaded.
using PlaceIndex = std::uint32_t;
inline constexpr PlaceIndex no_place = 0xFFFF'FFFF;

/// Kinds that the resolver tells apart, from the GeoNames feature code.
enum class FeatureClass : std::uint8_t {
    country,
    admin1,
    admin2,
    admin3,
    settlement,
    neighbourhood,
    facility,
    natural,
    line,
    region
};

FeatureClass feature_class(std::string_view feature_code) noexcept;

/// How a name in the text corresponds to a name of the gazetteer, best first.
enum class MatchKind : std::uint8_t {
    exact,   ///< letter by letter as written, tashkeel aside
    folded,  ///< after folding
    article, ///< with ال added or dropped
    joined,  ///< words joined or split (كفرزيتا)
    fuzzy,   ///< within a stated spelling distance; only on request
};

/// A place that a stretch of text may name.
struct Candidate {
    PlaceIndex place = no_place;
    MatchKind kind = MatchKind::exact;
    bool primary = false; ///< matched the place's main name, not an alias
};

/// A stretch of tokens that is a name, with all places of that name.
struct NameMatch {
    text::TokenRange tokens;
    text::CliticReading clitics; ///< stripped from the first token
    Span span; ///< bytes of the source, without the stripped proclitics (the article stays if it is part of
               ///< the name as written)
    std::vector<Candidate> candidates; ///< by place index
};

/// Places, their names and admin hierarchy, loaded from gazetteer/places/*.tsv. Immutable; safe to share by
/// threads.
class Gazetteer {
public:
    /// Loads every *.tsv of a folder, in file name order.
    /// Throws InputError with file and line for a malformed row, a repeated id, or an unknown parent.
    static Gazetteer load(std::filesystem::path const& folder);

    Gazetteer(Gazetteer&&) noexcept;
    Gazetteer& operator=(Gazetteer&&) noexcept;
    Gazetteer(Gazetteer const&) = delete;
    Gazetteer& operator=(Gazetteer const&) = delete;
    ~Gazetteer();

    std::span<Place const> places() const noexcept;
    Place const& place(PlaceIndex index) const noexcept { return places()[index]; }
    FeatureClass feature_class_of(PlaceIndex index) const noexcept;
    /// By id, or by a ref in a public source.
    std::optional<PlaceIndex> find(std::string_view id_or_ref) const;
    /// The smallest admin unit that holds a place, no_place for countries.
    PlaceIndex parent(PlaceIndex index) const noexcept;
    /// Whether `inner` is `outer` or lies in it, by the chain of parents.
    bool is_within(PlaceIndex inner, PlaceIndex outer) const noexcept;
    /// All names of a place as the source files spell them.
    std::span<std::string const> names(PlaceIndex index) const noexcept;
    /// SHA-256 of the content, 64 digits; stored with every event.
    std::string const& content_hash() const noexcept;

    /// All names that stand in a text, in text order, the longest at each start and every reading of it;
    /// overlapping matches that start at different tokens are all given. Names begin and end at token
    /// boundaries and cross no line end and no punctuation but hyphens, apostrophes and underscores.
    ///
    /// Left out: a country's name with an article that it does not have («السورية» is the adjective), two
    /// ordinary words that run together as a name («في لون», not فيلون), acronyms in small letters ("us").
    std::vector<NameMatch> match(text::TokenizedText const& text) const;

    /// Places whose name is misspelt in tokens [range), all of which are the name: one edit (a letter more,
    /// less, another, two exchanged; never the first letter) in names of five letters or more, with doubled
    /// letters, the endings ة ه ا and a dropped ال free. Only the closest, as MatchKind::fuzzy, by place
    /// index. For places where context says that a name must stand; does not look for exact names.
    std::vector<Candidate> fuzzy(text::TokenizedText const& text, text::TokenRange range) const;
    /// Places of a name typed by a person, best first: exact, folded, article, joined; where there are none,
    /// fuzzy.
    std::vector<Candidate> lookup(std::string_view name) const;

private:
    struct State;
    explicit Gazetteer(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace kharita::gazetteer
