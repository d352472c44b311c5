#include "gazetteer/spelling.hpp"

#include <algorithm>
#include <tuple>

#include "text/folded_text.hpp"

namespace kharita::gazetteer {

namespace {

constexpr std::size_t least_skeleton = 3;

/// Takes one ending off, the longest that fits.
void drop_ending(std::string& letters) {
    constexpr char alef = text::code(U'ا');
    constexpr char hamza = text::code(U'ء');
    constexpr char heh = text::code(U'ه');
    auto const ends = [&](char code, std::size_t before) {
        return letters.size() > least_skeleton + before && letters[letters.size() - 1 - before] == code;
    };
    bool const two = (ends(hamza, 0) && ends(alef, 1)) || (ends('h', 0) && (ends('a', 1) || ends('e', 1)));
    if (two) {
        letters.resize(letters.size() - 2);
    } else if (ends(alef, 0) || ends(heh, 0) || ends('a', 0) || ends('e', 0)) {
        letters.pop_back();
    }
}

} // namespace

std::string spelling_skeleton(std::string_view letters) {
    std::string skeleton;
    for (char const code : letters) {
        if (skeleton.empty() || skeleton.back() != code || text::is_digit(code)) {
            skeleton.push_back(code);
        }
    }
    drop_ending(skeleton);
    return skeleton;
}

bool is_within_one_edit(std::string_view a, std::string_view b) noexcept {
    if (a.size() > b.size()) {
        std::swap(a, b);
    }
    if (b.size() - a.size() > 1) {
        return false;
    }
    auto const [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin());
    auto const same = static_cast<std::size_t>(in_a - a.begin());
    if (same == a.size()) {
        return same > 0 || b.empty();
    }
    if (same == 0) {
        return false;
    }
    std::string_view const rest_a = a.substr(same);
    std::string_view const rest_b = b.substr(same);
    if (a.size() < b.size()) {
        return rest_a == rest_b.substr(1);
    }
    bool const exchanged = rest_a.size() > 1 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] &&
                           rest_a.substr(2) == rest_b.substr(2);
    return exchanged || rest_a.substr(1) == rest_b.substr(1);
}

SpellingIndex::SpellingIndex(std::span<NameIndex::Name const> names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].key.letters.size() >= least_letters && !names[i].acronym) {
            m_entries.push_back({spelling_skeleton(names[i].key.letters), static_cast<std::uint32_t>(i)});
        }
    }
    std::ranges::sort(m_entries, [](Entry const& a, Entry const& b) {
        return std::tuple{a.skeleton[0], a.skeleton.size(), std::string_view{a.skeleton}, a.name} <
               std::tuple{b.skeleton[0], b.skeleton.size(), std::string_view{b.skeleton}, b.name};
    });
}

std::vector<std::uint32_t> SpellingIndex::find(std::string_view letters) const {
    std::vector<std::uint32_t> same;
    std::vector<std::uint32_t> near;
    if (letters.size() + 1 < least_letters) {
        return near;
    }
    std::string const skeleton = spelling_skeleton(letters);
    auto const place = [](Entry const& entry) { return std::pair{entry.skeleton[0], entry.skeleton.size()}; };
    auto const first =
        std::ranges::lower_bound(m_entries, std::pair{skeleton[0], skeleton.size() - 1}, {}, place);
    auto const last =
        std::ranges::upper_bound(m_entries, std::pair{skeleton[0], skeleton.size() + 1}, {}, place);
    for (auto at = first; at != last; ++at) {
        if (at->skeleton == skeleton) {
            same.push_back(at->name);
        } else if (is_within_one_edit(skeleton, at->skeleton)) {
            near.push_back(at->name);
        }
    }
    return same.empty() ? near : same;
}

} // namespace kharita::gazetteer
