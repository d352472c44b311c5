#include "gazetteer/name_sections.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

#include "gazetteer/spelling.hpp"

namespace kharita::gazetteer {

namespace {

// Bits of the filters for each entry. A wrong yes costs two cache misses, which at a million names is ten
// times what asking costs; 16 bits make that one in fifty.
constexpr std::size_t bits_per_name = 16;
constexpr std::size_t bits_per_beginning = 12;

std::string empty_filter(std::size_t bits) {
    constexpr std::size_t word_bits = HashFilter::word_size * 8;
    std::size_t const words = std::max<std::size_t>((bits + word_bits - 1) / word_bits, 1);
    std::string filter;
    filter.resize(words * HashFilter::word_size);
    return filter;
}

void keep_distinct(std::vector<std::uint64_t>& hashes) {
    std::ranges::sort(hashes);
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

/// Words that stand first in names of several places; once might be chance.
std::string make_heads(std::vector<NameEntry> const& entries) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> uses;
    for (NameEntry const& entry : entries) {
        if (entry.boundaries != 0) {
            auto const size = static_cast<std::size_t>(std::countr_zero(entry.boundaries));
            uses.emplace_back(letters_hash(entry.letters.substr(0, size)), entry.place);
        }
    }
    std::ranges::sort(uses);
    std::string heads;
    for (std::size_t i = 0; i < uses.size();) {
        std::size_t end = i;
        while (end < uses.size() && uses[end].first == uses[i].first) {
            ++end;
        }
        if (uses[end - 1].second != uses[i].second) {
            append_little(heads, uses[i].first);
        }
        i = end;
    }
    return heads;
}

/// The beginnings of a name after which a text may have white space; the rest is then looked for.
void add_beginnings(NameEntry const& entry, HeadWords const& heads, std::vector<std::uint64_t>& hashes) {
    std::uint64_t ends = entry.boundaries | divisions(entry.letters, entry.boundaries, heads);
    for (; ends != 0; ends &= ends - 1) {
        hashes.push_back(
            letters_hash(entry.letters.substr(0, static_cast<std::size_t>(std::countr_zero(ends)))));
    }
}

std::string make_filter(std::vector<NameEntry> const& entries, HeadWords const& heads) {
    std::vector<std::uint64_t> names;
    std::vector<std::uint64_t> beginnings;
    names.reserve(entries.size());
    for (NameEntry const& entry : entries) {
        names.push_back(entry.hash);
        add_beginnings(entry, heads, beginnings);
    }
    keep_distinct(names);
    keep_distinct(beginnings);
    std::string filter = empty_filter(names.size() * bits_per_name + beginnings.size() * bits_per_beginning);
    for (std::uint64_t const hash : names) {
        HashFilter::add_name(filter, hash);
    }
    for (std::uint64_t const hash : beginnings) {
        HashFilter::add_beginning(filter, hash);
    }
    return filter;
}

void make_spellings(std::vector<NameEntry> const& entries, NameSections& sections) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> by_skeleton;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        NameEntry const& entry = entries[i];
        if (entry.letters.size() >= SpellingIndex::least_letters && (entry.flags & name_flag::acronym) == 0) {
            by_skeleton.emplace_back(letters_hash(spelling_skeleton(entry.letters)),
                                     static_cast<std::uint32_t>(i));
        }
    }
    std::ranges::sort(by_skeleton);
    std::vector<std::uint64_t> hashes;
    hashes.reserve(by_skeleton.size());
    sections.spellings.reserve(by_skeleton.size() * sizeof(std::uint32_t));
    for (auto const& [hash, name] : by_skeleton) {
        hashes.push_back(hash);
        append_little(sections.spellings, name);
    }
    sections.spelling_buckets = make_buckets(hashes);
    keep_distinct(hashes);
    sections.spelling_filter = empty_filter(hashes.size() * bits_per_beginning);
    for (std::uint64_t const hash : hashes) {
        HashFilter::add_name(sections.spelling_filter, hash);
    }
}

} // namespace

NameSections make_name_sections(std::vector<NameEntry>& entries) {
    std::ranges::sort(entries, {}, [](NameEntry const& entry) {
        return std::tuple{entry.hash, entry.place, (entry.flags & name_flag::primary) == 0, entry.text};
    });
    NameSections sections;
    sections.heads = make_heads(entries);
    sections.filter = make_filter(entries, HeadWords{sections.heads});
    std::vector<std::uint64_t> hashes;
    hashes.reserve(entries.size());
    sections.names.reserve(entries.size() * NameRecord::size);
    for (NameEntry const& entry : entries) {
        hashes.push_back(entry.hash);
        sections.longest = std::max(sections.longest, static_cast<std::uint32_t>(entry.letters.size()));
        NameRecord{.tag = static_cast<std::uint32_t>(entry.hash) & NameRecord::tag_mask,
                   .flags = entry.flags,
                   .text = entry.text,
                   .place = entry.place}
            .append_to(sections.names);
    }
    sections.buckets = make_buckets(hashes);
    make_spellings(entries, sections);
    return sections;
}

} // namespace kharita::gazetteer
