%% @private
-module(pulse_sup).

-behaviour(supervisor).

-export([start_link/0]).
-export([init/1]).

start_link() ->
    supervisor:start_link({local, ?MODULE}, ?MODULE, []).

init([]) ->
    Flags = #{strategy => one_for_one, intensity => 1, period => 5},
    Table = #{id => pulse_table, start => {pulse_table, start_link, []}},
    {ok, {Flags, [Table]}}.
