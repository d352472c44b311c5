#include <iterator>

#include <fmt/format.h>

#include "eval/report.hpp"

namespace kharita::eval {

namespace {

using Out = std::back_insert_iterator<std::string>;

std::string share(std::size_t right, std::size_t of) {
    return fmt::format("{:.3f} ({}/{})", Share{right, of}.value(), right, of);
}

std::string share(Share const& value) {
    return share(value.right, value.of);
}

std::string found(Matches const& value) {
    return fmt::format("P {:.3f} R {:.3f} F1 {:.3f}", value.precision(), value.recall(), value.f1());
}

std::string located(Located const& value) {
    return fmt::format("right of labelled {}, right of said {}", share(value.right, value.labelled),
                       share(value.right, value.said));
}

void write_mentions(Out out, MentionScores const& sums) {
    fmt::format_to(out, "mentions             {}; exact span {}\n", found(sums.found),
                   share(sums.exact_span));
    fmt::format_to(out, "resolved, all        {}\n", located(sums.all));
    fmt::format_to(out, "resolved, small      {}, within 1 km {}, within 25 km {}\n", located(sums.small),
                   share(sums.small_within_1_km, sums.small.labelled),
                   share(sums.small_within_25_km, sums.small.labelled));
    fmt::format_to(out, "role                 {}\n", share(sums.role));
}

void write_events(Out out, EventScores const& sums) {
    fmt::format_to(out, "events (type+place)  {}\n", found(sums.found));
    fmt::format_to(out, "  on matched events  date {}, modality {}, killed {}, killed invented {}\n",
                   share(sums.date), share(sums.modality), share(sums.killed), sums.killed_invented);
    for (auto const& [name, value] :
         {std::pair{"injured", sums.injured}, std::pair{"initiator", sums.initiator},
          std::pair{"target", sums.target}, std::pair{"weapon", sums.weapon}}) {
        if (value.of > 0) {
            fmt::format_to(out, "  {:<19}{}\n", name, share(value));
        }
    }
    if (sums.zones.paired + sums.zones.missed + sums.zones.spurious > 0) {
        fmt::format_to(out, "zones                {}; status {}\n", found(sums.zones),
                       share(sums.zone_status));
    }
}

void write_resolution(Out out, MentionScores const& sums) {
    fmt::format_to(out, "\nright place among candidates  {}\n", share(sums.candidates));
    fmt::format_to(out, "mean reciprocal rank          {:.3f}\n",
                   sums.all.labelled == 0 ? 0
                                          : sums.reciprocal_rank / static_cast<double>(sums.all.labelled));
    for (std::size_t i = 0; i < reach_km.size(); ++i) {
        fmt::format_to(out, "within {:>3} km                 {}\n", reach_km.at(i),
                       share(sums.within.at(i), sums.all.labelled));
    }
    fmt::format_to(out, "rightly left open             {}\n", share(sums.abstained));
    fmt::format_to(out, "expected calibration error    {:.3f}\n", sums.calibration.expected_error());
    fmt::format_to(out, "\nby kind of place\n");
    for (auto const& [name, value] : sums.by_class) {
        fmt::format_to(out, "  {:<14} {}\n", name, located(value));
    }
    fmt::format_to(out, "by kind of match (right of said)\n");
    for (auto const& [name, value] : sums.by_match) {
        fmt::format_to(out, "  {:<14} {}\n", name, share(value));
    }
    fmt::format_to(out, "confidence and how many were right\n");
    for (std::size_t i = 0; i < calibration_bins; ++i) {
        auto const& bin = sums.calibration.bins.at(i);
        if (bin.right.of > 0) {
            fmt::format_to(out, "  mean {:.3f}     {}\n", bin.confidence / static_cast<double>(bin.right.of),
                           share(bin.right));
        }
    }
    if (sums.role.of > 0) {
        fmt::format_to(out, "roles, labelled and said\n");
        for (auto const& [pair, count] : sums.roles) {
            fmt::format_to(out, "  {:<9} {:<9} {}\n", pair.first, pair.second, count);
        }
    }
}

} // namespace

std::string to_text(Scores const& scores) {
    std::string text;
    Out const out{text};
    fmt::format_to(out, "documents            {}, missing from the system {}\n", scores.documents,
                   scores.missing);
    write_mentions(out, scores.mentions);
    write_events(out, scores.events);
    write_resolution(out, scores.mentions);
    return text;
}

std::string mistakes_text(Scores const& scores) {
    std::string text;
    for (Mistake const& each : scores.mistakes) {
        fmt::format_to(Out{text}, "{:<14} {} {} | {} | {}\n", name_of(each.kind), each.document, each.text,
                       each.detail, each.context);
    }
    return text;
}

} // namespace kharita::eval
