"""How the shipped reading model is made: data, tasks on one encoder, training, export, measurement."""
