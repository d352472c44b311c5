#pragma once

#include <span>
#include <vector>

#include "model/control.hpp"
#include "overlay/config.hpp"
#include "overlay/control.hpp"
#include "overlay/history.hpp"

namespace kharita::overlay {

/// The frontlines of a day: the edges that areas of rival parties share, joined, smoothed, and told in
/// stretches of about `stretch` metres; by parties, then from west to east.
///
/// A contested place counts for the last party that held it undisputed. Smoothing cuts corners and never
/// moves the line over a place of the map, nor over a corner of another line; the ends of stretches stay
/// where they are.
///
/// Evidence of a stretch are battles and changes of control, occurred or failed, at most `evidence_days` old
/// and `evidence_reach` away. Its confidence is the mean, along the line, of the lower confidence of the two
/// places that face each other, less up to half of it as they are farther apart (at 2 × `reach`), and less 30
/// % where nothing proves the stretch, falling to that with the age of the last evidence.
std::vector<Frontline> frontlines(ControlMap const& map, std::span<PlacedEvent const> events,
                                  Config const& config);

} // namespace kharita::overlay
