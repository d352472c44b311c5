#pragma once

#include <span>
#include <vector>

#include "model/actor.hpp"
#include "store/database.hpp"

namespace kharita::store {

/// The vocabulary's actors as rows of table `actor`: their type in words is their kind, their first Arabic
/// alias their Arabic name.
std::vector<ActorRecord> records_of(std::span<Actor const> actors);

} // namespace kharita::store
